"""What is told of one right in particular, and what would have helped."""

RECITS_PAR_DROIT = {
    "aspa": (
        "Elle complète sa pension avec ce que lui donnent ses enfants.",
        "Elle vit avec une pension inférieure au minimum depuis son départ en retraite.",
        "La pension ne couvre pas les charges courantes.",
    ),
    "rsa": (
        "Le foyer vit sans revenu régulier et puise dans ses dernières économies.",
        "Ses proches paient les courses depuis plusieurs semaines.",
    ),
    "ppa": (
        "Les heures changent d’un mois à l’autre, le revenu aussi.",
        "Le salaire couvre le loyer et presque rien d’autre.",
    ),
    "c2s": (
        "Elle repousse ses soins dentaires faute de complémentaire.",
        "Les lunettes attendent depuis longtemps.",
    ),
    "c2s_part": (
        "Elle paie une mutuelle chère alors qu’une participation modeste suffirait.",
        "Elle a résilié sa mutuelle et avance tous ses soins.",
    ),
    "al": (
        "Le loyer absorbe plus de la moitié des ressources.",
        "Il ne reste presque rien une fois le loyer payé.",
    ),
    "cheque_energie": (
        "Les factures d’électricité ont beaucoup augmenté.",
        "Le logement est chauffé une pièce sur deux.",
        "Les radiateurs restent éteints le plus souvent possible.",
    ),
    "fsl_energie": (
        "La facture de régularisation a mis le budget à terre.",
        "Un échéancier a été signé, impossible à tenir.",
    ),
    "fsl_maintien": (
        "La dette de loyer grossit et le bailleur annonce une procédure.",
        "Un premier plan d’apurement n’a pas pu être respecté.",
    ),
    "bourse_college": (
        "La rentrée a coûté plus que prévu.",
        "Les frais de cantine restent dus et l’enfant mange moins souvent.",
    ),
    "bourse_lycee": (
        "L’équipement demandé pour la filière a été payé à crédit.",
        "L’internat et les transports pèsent lourd sur le budget.",
    ),
    "bcs": (
        "Les petits emplois prennent sur le temps d’étude.",
        "Les revenus des parents ne reflètent plus la situation actuelle.",
    ),
    "aah": (
        "Le travail n’est plus possible et les économies fondent.",
        "Le quotidien repose sur un proche.",
    ),
    "apa_dom": (
        "Les gestes simples prennent toute la matinée.",
        "Les proches assurent tout, jusqu’à l’épuisement.",
    ),
    "asf": (
        "La pension fixée n’est plus versée et elle n’a rien engagé contre l’autre parent.",
        "Les frais des enfants reposent sur un seul revenu.",
    ),
    "domiciliation": (
        "Sans domiciliation, aucune autre demande ne peut avancer.",
        "Le courrier se perd d’une adresse à l’autre.",
    ),
    "ame": (
        "Elle ne consulte qu’en dernier recours.",
        "Les soins sont repoussés faute de couverture.",
    ),
    "aide_alim": (
        "Les repas sont sautés en fin de mois.",
        "Les placards sont vides bien avant la paie.",
    ),
    "logement_social": (
        "Le loyer actuel est trop élevé pour le ménage.",
        "Le logement actuel est trop petit et mal isolé.",
    ),
    "hebergement": (
        "Chaque soir, il faut chercher où dormir.",
        "La nuit se passe dehors ou chez des connaissances.",
    ),
    "reversion": (
        "Depuis le décès du conjoint, il ne reste qu’une seule pension.",
        "Le conjoint avait cotisé à plusieurs caisses.",
    ),
    "cantine": (
        "Le plein tarif de la cantine pèse sur le budget.",
        "Les enfants rentrent déjeuner pour économiser le repas.",
    ),
    "remise_indu": (
        "Un trop-perçu est retenu chaque mois.",
        "Les retenues mensuelles dépassent ce qu’elle peut supporter.",
    ),
    "retraite": (
        "Des trimestres manquent au relevé et les anciens employeurs ont disparu.",
        "La carrière a été longue et morcelée.",
    ),
}

PROPOSITIONS_PAR_TYPE = {
    "NC": (
        "Informer au moment des changements de vie, pas seulement sur un site.",
        "Une plaquette unique, en mots simples, remise par tous les accueils.",
        "Faire une simulation complète à chaque premier rendez-vous.",
        "Que la caisse écrive aux personnes qui semblent pouvoir y prétendre.",
        "Des réunions d’information là où les gens passent, marché ou sortie des classes.",
    ),
    "ND": (
        "Un accompagnement humain pour remplir la demande, sans rendez-vous lointain.",
        "Expliquer clairement ce que la demande n’entraîne pas.",
        "Un formulaire plus court et prérempli.",
        "Un accueil plus discret, où l’on ne parle pas devant tout le monde.",
        "Pouvoir demander sur papier quand on ne peut pas le faire en ligne.",
        "Une permanence itinérante dans les villages.",
    ),
    "NR": (
        "Un interlocuteur nommé dans chaque organisme pour les dossiers bloqués.",
        "Ne plus redemander une pièce déjà fournie.",
        "Maintenir le droit tant que le renouvellement n’est pas étudié.",
        "Une réponse écrite et motivée dans un délai annoncé.",
        "Une ligne directe réservée aux professionnels.",
        "Permettre l’échange de pièces entre organismes.",
    ),
    "NP": (
        "Former les équipes aux droits qui ne relèvent pas de leur service.",
        "Une grille d’entretien commune à tous les accueils.",
        "Laisser du temps pour un examen global des droits.",
    ),
    "NO": (
        "Désigner qui accompagne la personne jusqu’à l’ouverture du droit.",
        "Un annuaire à jour des relais du territoire.",
        "Aller vers les personnes que personne ne voit.",
        "Une fiche de liaison entre services, avec l’accord de la personne.",
    ),
    "NSP": (
        "En parler en groupe de travail pour comprendre ce qui bloque.",
        "Reprendre contact avec la personne pour éclaircir la situation.",
    ),
}

PROPOSITIONS_PAR_DROIT = {
    "aspa": (
        "Expliquer la récupération sur succession dès la demande de retraite.",
        "Que la caisse propose l’Aspa à toute petite pension.",
    ),
    "cheque_energie": (
        "Un versement direct sur la facture, sans chèque à utiliser.",
        "Une permanence d’aide à l’usage du chèque avant l’hiver.",
    ),
    "bourse_college": (
        "Examen automatique de la bourse à l’inscription.",
        "Un appel aux familles qui n’ont pas répondu.",
    ),
    "rsa": (
        "Ne pas suspendre sans avoir joint la personne.",
        "Présenter l’accompagnement comme une aide et non comme une menace.",
    ),
    "c2s": ("Renouveler sans démarche quand les ressources n’ont pas changé.",),
    "domiciliation": ("Une règle unique de domiciliation entre communes voisines.",),
}
