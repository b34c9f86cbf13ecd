"""Short texts: what « autre » says, what reviewers write back."""

DROITS_A_QUALIFIER = (
    "Aide communale au bois de chauffage",
    "Carnet de bons pour la laverie",
    "Prêt sans intérêt d’une association",
    "Aide de la caisse de congés",
    "Aide d’un comité d’entreprise",
    "Secours d’une caisse de retraite complémentaire",
    "Aide à l’achat d’un vélo",
    "Tarif réduit de la déchèterie",
    "Bon d’équipement ménager",
    "Chèque d’accompagnement personnalisé",
    "Aide au financement de lunettes par une mutuelle",
    "Allocation de solidarité versée par une autre région",
    "Aide à l’assurance du logement",
    "Aide d’un fonds de formation",
)

MOTIFS_A_QUALIFIER = (
    "Le courrier est parti au mauvais endroit",
    "Attend l’avis d’un proche avant d’agir",
    "A confié ses papiers à un tiers qui n’a rien fait",
    "Pense devoir rembourser plus tard",
    "Ne veut pas quitter son logement pour y avoir droit",
    "A changé plusieurs fois de téléphone",
    "Le formulaire n’existait plus au guichet",
    "La demande a été rangée dans un autre dossier",
    "N’ouvre plus son courrier",
    "Le conjoint garde tous les papiers",
    "Attend la fin d’une autre procédure",
    "A reçu deux consignes contraires",
)

CONTEXTES_A_PRECISER = (
    "Café des habitants",
    "Forum des associations",
    "Bus itinérant",
    "Atelier cuisine",
    "Distribution de colis",
    "Réunion de parents",
    "Journée d’accès aux droits",
    "Jardin partagé",
)

MESSAGES_A_COMPLETER = (
    "Le motif choisi correspond mal au récit : pouvez-vous le préciser ?",
    "Merci d’indiquer à quelle étape la demande s’est arrêtée.",
    "Pouvez-vous dire auprès de quel organisme la demande a été faite ?",
    "Le droit « autre » semble exister dans la liste : pouvez-vous vérifier ?",
    "Il manque l’ancienneté du non-recours, même approximative.",
    "Le récit laisse penser à deux droits : faut-il en ajouter un ?",
    "L’éligibilité est « à vérifier » : une simulation a-t-elle été faite depuis ?",
)

# Reason of setting aside → what the reviewer wrote.
MESSAGES_ECART = {
    "doublon": (
        "Situation déjà remontée par un autre organisme le même mois.",
        "Même situation que celle transmise la semaine précédente.",
    ),
    "pas_un_non_recours": (
        "Après vérification, la personne n’était pas éligible : ce n’est pas un non-recours.",
        "Le droit était ouvert et versé : il s’agissait d’une simple demande d’information.",
    ),
    "hors_territoire": (
        "Le ménage vit hors du territoire : signalé au baromètre voisin.",
        "La personne ne réside pas sur le territoire ; situation transmise ailleurs.",
    ),
}
