"""How a short account begins (by public) and ends (by outcome)."""

OUVERTURES = {
    "retraites": (
        "Personne retraitée, petite pension, peu habituée à demander.",
        "Une personne âgée est venue pour un courrier qu’elle ne comprenait pas.",
        "Personne aux revenus modestes, reçue à la permanence pour une facture.",
        "En parlant de son budget, la personne nous dit se priver depuis l’hiver.",
        "Carrière incomplète, plusieurs employeurs, une pension très faible.",
    ),
    "dependance": (
        "La personne ne sort presque plus et ses proches s’épuisent.",
        "Situation signalée par une voisine inquiète.",
        "Personne âgée qui a besoin d’aide pour les gestes du quotidien.",
        "La famille pensait pouvoir tout assumer seule.",
    ),
    "mono": (
        "Parent seul, emploi du temps éclaté, peu de temps pour les démarches.",
        "Horaires décalés, un seul parent à la maison, budget tenu au jour le jour.",
        "La personne élève seule ses enfants depuis la séparation.",
        "Reçue pour une demande d’aide ponctuelle, elle élève seule ses enfants.",
        "Parent isolé qui jongle entre garde et petits contrats.",
    ),
    "couples": (
        "Famille avec enfants, un seul salaire régulier.",
        "Le couple travaille en horaires opposés et remet les papiers à plus tard.",
        "Famille rencontrée lors d’une réunion de parents.",
        "Les revenus du ménage ont baissé depuis la fin d’un contrat.",
        "Famille arrivée récemment, qui ne connaît pas encore les services.",
    ),
    "travailleurs": (
        "La personne travaille mais finit chaque mois à découvert.",
        "Des revenus irréguliers, jamais les mêmes d’un mois à l’autre.",
        "Elle travaille et ne se voit pas comme une personne à aider.",
        "Une activité qui ne suffit pas à payer les charges.",
        "Elle ne sait jamais à l’avance ce qu’elle gagnera.",
    ),
    "agricoles": (
        "Petite exploitation, revenus très faibles malgré de longues journées.",
        "Le ménage vit de l’exploitation et n’ose pas parler de ses difficultés.",
        "Mauvaise saison agricole, trésorerie vide.",
        "Rencontre à la ferme, après un signalement du conseiller.",
    ),
    "isoles": (
        "Personne seule, sans emploi depuis longtemps.",
        "La personne vit de l’aide de proches et de petits services.",
        "Fin de contrat, puis plusieurs mois sans aucune démarche.",
        "Reçue à l’accueil pour un colis, elle explique ne plus rien percevoir.",
        "Très isolée, la personne n’ouvre plus son courrier.",
    ),
    "jeunes": (
        "Jeune sans situation stable, venu chercher un conseil.",
        "Jeune orienté par un ami, qui ne connaissait aucun service.",
        "Sans projet depuis la fin du lycée, la personne tourne en rond.",
        "Jeune sans ressources propres, qui ne sait pas par où commencer.",
    ),
    "etudiants": (
        "La personne étudie le jour et travaille le soir pour tenir son budget.",
        "Rencontre lors d’une distribution alimentaire, près de la faculté.",
        "La personne a changé de filière et a perdu ses repères.",
        "Des études commencées sans appui, un budget très serré.",
    ),
    "handicap": (
        "La personne ne peut plus exercer son métier.",
        "Arrêt de travail prolongé, puis plus aucune ressource stable.",
        "La personne minimise ses difficultés au quotidien.",
        "Longue période sans emploi, des limitations jamais reconnues.",
    ),
    "enfant_handicap": (
        "Famille dont un enfant a besoin d’un accompagnement particulier.",
        "Un parent a réorganisé toute sa vie autour des besoins de son enfant.",
        "L’établissement scolaire a alerté sur les besoins de l’enfant.",
    ),
    "etrangers": (
        "La personne parle peu français et vit chez une connaissance.",
        "Ménage hébergé de façon précaire, qui change souvent de lieu.",
        "Personne orientée par une association, sans interlocuteur fixe.",
        "La personne ne savait pas à qui montrer ses papiers.",
    ),
    "impayes": (
        "Plusieurs factures en retard, un budget devenu intenable.",
        "La personne arrive avec une pile de courriers de relance.",
        "Dettes constituées en quelques mois, après une baisse de revenus.",
        "Le chauffage a été coupé une partie de l’hiver.",
    ),
    "sans_abri": (
        "Personne sans logement à elle, rencontrée en maraude.",
        "La personne dort où elle peut et a perdu ses papiers.",
        "Accueil de jour, une personne qui ne demande rien.",
        "La personne passe d’un hébergement à l’autre.",
    ),
    "separation": (
        "Séparation récente, départ précipité du logement.",
        "La personne a quitté le domicile avec peu d’affaires.",
        "Tout était au nom de l’ancien conjoint.",
    ),
    "aidants": (
        "La personne aide un parent chaque jour, en plus de son travail.",
        "Elle a réduit ses horaires pour s’occuper d’un proche.",
        "Épuisée, la personne ne se considère pas comme aidante.",
    ),
}

FINS = {
    "is_cours": (
        "Le dossier est parti, nous attendons une réponse.",
        "La demande est en cours, nous la suivons avec la personne.",
        "Un rendez-vous est pris pour terminer le dossier ensemble.",
        "Les dernières pièces restent à réunir.",
        "Nous avons relancé le service, sans retour pour l’instant.",
    ),
    "is_ouvert": (
        "Le droit est maintenant ouvert.",
        "Après un dossier rempli ensemble, le droit a été ouvert.",
        "Une heure a suffi pour débloquer la demande.",
        "La personne touche désormais ce qui lui revient.",
        "Le droit est ouvert et la personne nous a dit son soulagement.",
    ),
    "is_rappel": (
        "Le droit a été ouvert avec un rappel qui a permis de solder une dette.",
        "Un rappel a été versé après notre courrier.",
        "Un rappel couvre une partie de la période perdue.",
    ),
    "is_partiel": (
        "Le droit n’est ouvert qu’en partie, un recours est envisagé.",
        "Une partie seulement a été accordée.",
        "Le montant accordé reste inférieur à ce qui était attendu.",
    ),
    "is_refus": (
        "Après étude, la personne n’entrait pas dans les conditions.",
        "Le refus est motivé, les ressources dépassaient de peu le plafond.",
    ),
    "is_conteste": (
        "Le refus est contesté, un recours amiable est parti.",
        "Nous avons aidé la personne à contester la décision.",
    ),
    "is_abandon": (
        "La personne a préféré en rester là.",
        "Elle n’a pas voulu poursuivre malgré nos explications.",
        "La démarche a été abandonnée après une nouvelle demande de pièces.",
    ),
    "is_perdu": (
        "La personne n’est pas revenue au rendez-vous.",
        "Nous n’avons plus de nouvelles.",
    ),
    "is_sans": (
        "La situation est restée sans suite.",
        "Rien n’a pu avancer malgré plusieurs relances.",
    ),
    "nsp": (
        "Nous ne savons pas ce qu’il en est aujourd’hui.",
        "L’issue ne nous est pas connue.",
    ),
}
