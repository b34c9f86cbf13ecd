"""What happened, told by motive. {le}, {du} and {au} are the right with its article."""

RECITS_PAR_MOTIF = {
    "nc_info": (
        "Elle n’avait jamais entendu parler {du} et pensait n’avoir droit à rien.",
        "Personne ne lui avait jamais parlé {du}, elle l’a découvert par hasard.",
        "Le nom même {du} lui était inconnu.",
    ),
    "nc_eligible": (
        "Elle connaissait {le} de nom mais était sûre d’être au-dessus du plafond.",
        "Pour elle, {le} était réservé à des situations bien pires que la sienne.",
        "La simulation faite ensemble a montré qu’elle pouvait prétendre {au}.",
    ),
    "nc_compris": (
        "Le courrier reçu sur {le} était trop technique, elle l’a rangé sans suite.",
        "Elle avait lu les conditions sans parvenir à savoir si {le} la concernait.",
        "Les explications données au guichet n’avaient pas été comprises.",
    ),
    "nc_ou": (
        "Elle ne savait pas à quelle porte frapper pour demander {le}.",
        "Elle avait cherché où s’adresser pour {le}, puis avait renoncé.",
    ),
    "nc_change": (
        "Sa situation a changé et personne ne lui a dit que cela ouvrait {le}.",
        "Les règles ont changé et elle en est restée aux anciennes conditions.",
    ),
    "nc_langue": (
        "Les courriers sur {le} n’étaient pas compris, faute de traduction.",
        "Lire et écrire lui coûte, elle signe sans savoir ce que contient le formulaire.",
    ),
    "nc_idee_fausse": (
        "Une connaissance lui avait assuré que {le} devait être remboursé.",
        "Elle confondait {le} avec une autre aide déjà refusée.",
        "La rumeur disait que {le} n’existait plus.",
    ),
    "nd_complexite": (
        "Le dossier à remplir pour {le} l’a découragée dès les premières pages.",
        "Trop de cases, trop de pièces, elle a remis la demande à plus tard.",
        "Elle avait commencé le formulaire puis l’avait laissé dans un tiroir.",
    ),
    "nd_lassitude": (
        "Après plusieurs refus, elle ne veut plus entendre parler de dossier.",
        "Elle a déjà demandé {le} sans succès et n’a plus la force de recommencer.",
        "Fatiguée de raconter sa vie à chaque guichet, elle a cessé de demander.",
    ),
    "nd_numerique": (
        "Tout se fait en ligne et elle n’a ni ordinateur ni messagerie.",
        "Elle craint de se tromper sur le site et n’ose pas valider la demande.",
        "Le guichet l’a renvoyée vers le site, qu’elle ne sait pas utiliser.",
    ),
    "nd_distance": (
        "Le guichet est loin, sans transport aux heures d’ouverture.",
        "Se déplacer lui demande une demi-journée et l’aide d’un voisin.",
    ),
    "nd_stigma": (
        "Elle a honte de demander et craint d’être reconnue dans la salle d’attente.",
        "Demander {le} reviendrait pour elle à passer pour une profiteuse.",
        "Elle préfère se priver plutôt que d’être vue en train de demander.",
    ),
    "nd_consequence": (
        "Elle redoute un contrôle et de devoir rendre de l’argent.",
        "Elle a peur que {le} lui fasse perdre une autre aide.",
        "Un ancien trop-perçu l’a marquée, elle ne veut plus rien demander.",
    ),
    "nd_erreur": (
        "Elle craint d’être accusée de fraude à la moindre erreur.",
        "La peur de mal déclarer ses revenus l’a arrêtée.",
    ),
    "nd_succession": (
        "Elle refuse que ses enfants aient à rembourser plus tard.",
        "La crainte de la récupération sur la maison familiale bloque la demande.",
        "Elle veut laisser quelque chose à ses enfants et renonce {au}.",
        "Le seuil de récupération ne lui avait jamais été expliqué.",
    ),
    "nd_autolimite": (
        "Elle répète que d’autres en ont plus besoin qu’elle.",
        "Elle estime s’en sortir et ne pas devoir prendre la part des autres.",
    ),
    "nd_perte_idee": (
        "L’idée d’avoir des droits semble s’être perdue avec le temps.",
        "Elle ne demande plus rien à personne depuis longtemps.",
    ),
    "nd_expression": (
        "Elle parle peu et n’arrive pas à dire ce dont elle a besoin.",
        "Il a fallu plusieurs rencontres avant qu’elle évoque ses difficultés.",
    ),
    "nd_entourage": (
        "Un proche s’oppose à la demande et garde les papiers.",
        "La famille ne veut pas qu’un service entre dans la maison.",
    ),
    "nd_cout": (
        "Pour le montant attendu, la démarche ne lui paraît pas valoir la peine.",
        "Elle a fait ses comptes et juge l’effort trop grand pour si peu.",
    ),
    "nd_interet": (
        "L’offre ne correspond pas à ce dont elle a besoin.",
        "Elle ne voit pas ce que {le} changerait à son quotidien.",
    ),
    "nd_desaccord": (
        "Elle refuse les conditions posées en échange.",
        "Elle n’accepte pas de devoir rendre des comptes sur sa vie.",
    ),
    "nd_estime": (
        "Elle tient à s’en sortir seule, question de dignité.",
        "Elle a toujours travaillé et ne veut pas être assistée.",
    ),
    "nd_alternative": (
        "Elle s’appuie sur sa famille et ne voit pas l’utilité de demander.",
        "Des voisins l’aident et elle préfère cela à un dossier.",
    ),
    "nd_civisme": (
        "Elle ne veut pas peser sur la collectivité.",
        "Elle dit que l’argent public doit aller à d’autres.",
    ),
    "nd_non_usage": (
        "Le droit est ouvert mais la personne a choisi de ne pas s’en servir.",
        "Elle a bien reçu {le} et l’a laissé de côté.",
    ),
    "nr_inacheve": (
        "La demande a été commencée puis abandonnée en cours de route.",
        "Un dossier incomplet dormait depuis longtemps.",
        "Elle n’a pas compris qu’il restait une étape à valider.",
    ),
    "nr_pieces": (
        "Les mêmes justificatifs ont été demandés à trois reprises.",
        "Une pièce impossible à obtenir bloque la demande.",
        "À chaque envoi, une nouvelle pièce est réclamée.",
    ),
    "nr_delai": (
        "La demande est déposée depuis longtemps et reste sans réponse.",
        "Le dossier est noté en cours, sans que personne ne puisse dire où il en est.",
    ),
    "nr_joindre": (
        "Le téléphone sonne dans le vide et le guichet ne reçoit plus sans rendez-vous.",
        "Aucun rendez-vous disponible avant plusieurs semaines.",
    ),
    "nr_numerique": (
        "Le compte en ligne est bloqué et personne ne peut le rouvrir.",
        "Le téléservice refuse la pièce jointe et la demande n’aboutit jamais.",
    ),
    "nr_erreur_adm": (
        "Le dossier a été égaré puis enregistré dans le mauvais service.",
        "Une erreur de saisie a faussé le calcul de ses ressources.",
    ),
    "nr_pratique": (
        "Au guichet, on a exigé une condition qui n’existe pas dans les textes.",
        "La demande n’a pas été enregistrée, sans refus écrit.",
    ),
    "nr_refus_infonde": (
        "Le refus tient en une ligne et ne donne aucun motif.",
        "La décision ne tient pas compte de sa situation réelle.",
    ),
    "nr_rupture": (
        "Le droit s’est arrêté au renouvellement, sans qu’elle soit prévenue.",
        "Un changement de situation a coupé {le} du jour au lendemain.",
        "Une déclaration en retard a suffi pour tout interrompre.",
    ),
    "nr_indu": (
        "Les versements sont suspendus le temps d’un contrôle.",
        "Un indu ancien est retenu et ne laisse presque rien pour vivre.",
    ),
    "nr_interorga": (
        "Deux organismes se renvoient le dossier depuis le déménagement.",
        "Chaque caisse attend une attestation de l’autre.",
    ),
    "nr_partiel": (
        "Une partie du droit seulement a été calculée.",
        "Une période entière a été oubliée dans le calcul.",
    ),
    "nr_inattention": (
        "La date limite est passée sans qu’elle s’en rende compte.",
        "La relance est restée dans une messagerie qu’elle ne consulte pas.",
    ),
    "nr_discrimination": (
        "Elle dit avoir été reçue avec mépris et n’a pas voulu y retourner.",
        "Elle a eu le sentiment d’être traitée autrement que les autres.",
    ),
    "nr_offre": (
        "La demande est acceptée mais la liste d’attente est très longue.",
        "Aucune solution disponible malgré des appels répétés.",
    ),
    "nr_proposition": (
        "La proposition faite était trop éloignée de ses repères, elle l’a refusée.",
        "La solution offerte ne convenait pas à la composition du foyer.",
    ),
    "np_meconnaissance": (
        "Le service qui la suit ne connaissait pas {le}.",
        "Aucun des professionnels rencontrés n’avait pensé {au}.",
    ),
    "np_perimetre": (
        "Le service précédent ne traite que ses propres aides et n’a rien dit {du}.",
        "La question n’entrait pas dans le cadre du rendez-vous.",
    ),
    "np_temps": (
        "Les entretiens sont trop courts pour faire le tour de ses droits.",
        "Le rendez-vous a porté sur l’urgence, le reste n’a pas été abordé.",
    ),
    "np_tri": (
        "On lui avait dit que la demande serait de toute façon refusée.",
        "Un professionnel avait jugé inutile de demander {le}.",
    ),
    "np_budget": (
        "L’enveloppe étant limitée, l’aide n’était plus proposée.",
        "La consigne était de réserver l’aide aux cas les plus urgents.",
    ),
    "no_relais": (
        "Aucun relais n’était connu pour l’accompagner vers {le}.",
        "Après la fin du suivi, personne n’a pris la suite.",
    ),
    "no_accomp": (
        "Elle avait reçu une adresse utile mais aucun accompagnement.",
        "Seule devant la démarche, elle a laissé passer le temps.",
    ),
    "no_allervers": (
        "Inconnue de tous les services, elle n’avait jamais été sollicitée.",
        "Sans l’action menée près de chez elle, nous ne l’aurions pas rencontrée.",
    ),
    "no_renvoi": (
        "Renvoyée d’un guichet à l’autre, elle a fini par abandonner.",
        "Quatre services rencontrés et chacun l’a adressée au suivant.",
    ),
    "autre": (
        "La raison ne figure pas dans la liste, nous l’avons précisée.",
        "La situation est particulière et mérite d’être relue ensemble.",
    ),
    "nsp": (
        "Nous n’avons pas pu établir pourquoi {le} n’avait pas été demandé.",
        "La raison reste à éclaircir avec la personne.",
    ),
}
