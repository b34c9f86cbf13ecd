"""Rights, one a line: code | name with its article | domain | organisations | family of types |
monthly amount | then what the right supposes of the person, attribute=weights."""

LIGNES = """
rsa | le RSA | RESS | CAF MSA CD | minimum | 500 | age=a_18_24 a_25_29 a_30_39 a_40_49 a_50_59 a_60_64 | nature=r_aucune:4 r_tiers:3 r_pf:2 r_salaire r_chomage:0.3 | niveau=n1
ppa | la prime d’activité | RESS | CAF MSA | travail | 150 | activite=ac_cdi_tp ac_cdi_part:3 ac_court:2 ac_indep ac_agri ac_alter:0.4 | age=a_18_24 a_25_29 a_30_39 a_40_49 a_50_59 a_60_64 | nature=r_salaire | niveau=n1:0.3 n2 n3 n4:0.3
ass | l’allocation de solidarité spécifique | RESS | FT | travail | 500 | activite=ac_cho_nind | age=a_30_39:0.4 a_40_49 a_50_59:2 a_60_64:2
are | l’allocation chômage | RESS | FT | travail | 800 | activite=ac_cho_nind ac_noninscrit | nature=r_aucune r_tiers r_pf
ada | l’allocation pour demandeur d’asile | RESS | OFII | minimum | 300 | activite=ac_noninscrit | nature=r_aucune r_tiers:0.5
prime_noel | la prime de Noël | RESS | CAF MSA FT | minimum | 25
rsj | le revenu de solidarité jeunes | RESS | CD METRO | secours | 500 | age=a_18_24
secours_ccas | l’aide facultative du CCAS | RESS | CCAS | secours | 75
aide_fin_cd | l’aide financière du département | RESS | CD | secours | 150 | famille=f_couple_enf f_mono
faj | le fonds d’aide aux jeunes | RESS | CD METRO ML | secours | 150 | age=a_18_24
veuvage | l’allocation de veuvage | RESS | CARSAT MSA | aspa | 500 | famille=f_seul f_mono | age=a_30_39:0.3 a_40_49 a_50_59:2
af | les allocations familiales | FAM | CAF MSA | famille | 150 | famille=f_couple_enf f_mono | enfants=e2 e3p:2
cf | le complément familial | FAM | CAF MSA | famille | 150 | famille=f_couple_enf f_mono | enfants=e3p
asf | l’allocation de soutien familial | FAM | CAF MSA | famille | 150 | famille=f_mono
aripa | l’aide au recouvrement de la pension alimentaire | FAM | CAF MSA | famille | 150 | famille=f_mono
paje_base | l’allocation de base de la Paje | FAM | CAF MSA | famille | 150 | famille=f_couple_enf f_mono | age=a_18_24 a_25_29:2 a_30_39:3 a_40_49:0.3
cmg | le complément de mode de garde | FAM | CAF MSA | famille | 300 | famille=f_couple_enf f_mono | age=a_18_24:0.3 a_25_29 a_30_39:2 a_40_49:0.4 | activite=ac_cdi_tp ac_cdi_part ac_court ac_indep ac_agri
prepare | la prestation partagée d’éducation | FAM | CAF MSA | famille | 300 | famille=f_couple_enf f_mono | age=a_25_29 a_30_39:2 a_40_49:0.3 | activite=ac_foyer ac_cdi_part
ajpp | l’allocation de présence parentale | FAM | CAF MSA | mdph | 500 | famille=f_couple_enf f_mono
ars | l’allocation de rentrée scolaire | FAM | CAF MSA | famille | 25 | famille=f_couple_enf f_mono
caf_extra | l’aide extra-légale de la caisse | FAM | CAF MSA | secours | 25 | famille=f_couple_enf f_mono
vacances | l’aide aux vacances | FAM | CAF MSA CCAS ASSO | tarif | 25 | famille=f_couple_enf f_mono
accueil_je | l’accueil du jeune enfant | FAM | COMMUNE EPCI CAF | saturation | 300 | famille=f_couple_enf f_mono | age=a_18_24 a_25_29:2 a_30_39:3 a_40_49:0.4
mediation_fam | la médiation familiale | FAM | ASSO CAF | service | | famille=f_mono
al | l’aide au logement | LOG | CAF MSA | famille | 300 | logement=l_hlm l_prive:1.5 l_foyer | famille=f_seul f_couple0 f_couple_enf f_mono f_autre
fsl_acces | l’aide du FSL à l’entrée dans les lieux | LOG | CD METRO | secours | 75 | logement=l_heberge l_urg l_prive l_hlm
fsl_maintien | l’aide du FSL au maintien dans le logement | LOG | CD METRO | secours | 150 | logement=l_hlm l_prive
fsl_energie | l’aide du FSL aux impayés d’énergie | LOG | CD METRO | secours | 75 | logement=l_hlm l_prive l_prop:0.7
logement_social | le logement social | LOG | BAILLEUR COMMUNE PREF | saturation | | logement=l_prive:3 l_heberge:2 l_urg l_foyer l_mobile
dalo | le droit au logement opposable | LOG | PREF DDETS | statut | | logement=l_prive l_heberge:2 l_urg:2 l_mobile l_rue
hebergement | l’hébergement d’urgence | LOG | SIAO | saturation | | logement=l_rue:4 l_heberge:2 l_mobile l_urg
locapass | l’avance du dépôt de garantie | LOG | AL | tarif | 25 | activite=ac_cdi_tp ac_cdi_part ac_court ac_alter | logement=l_prive l_hlm l_heberge
visale | la garantie Visale | LOG | AL | tarif | | age=a_18_24:2 a_25_29:2 a_30_39 a_40_49:0.5 | logement=l_heberge:2 l_prive l_foyer
prev_expulsion | la prévention de l’expulsion | LOG | PREF CD CAF | service | | logement=l_hlm l_prive
anah | l’aide à l’amélioration de l’habitat | LOG | ANAH EPCI | tarif | | logement=l_prop
indigne | le signalement du logement indigne | LOG | ARS COMMUNE CAF | service | | logement=l_prive
protection_maladie | l’affiliation à l’assurance maladie | SANTE | CPAM MSA | statut | 75
c2s | la complémentaire santé solidaire | SANTE | CPAM MSA | sante | 75 | niveau=n1:3 n2:3 n3:0.3
c2s_part | la complémentaire santé solidaire avec participation | SANTE | CPAM MSA OC | tarif | 25 | niveau=n2 n3:2 n4:0.2
ame | l’AME | SANTE | CPAM | sante | 75 | activite=ac_noninscrit | niveau=n1
ald | la prise en charge à cent pour cent | SANTE | CPAM MSA | mdph | 75
ij | les indemnités journalières | SANTE | CPAM MSA | minimum | 500 | activite=ac_cdi_tp ac_cdi_part ac_court ac_indep ac_agri ac_inva
fass_cpam | l’aide exceptionnelle de la caisse primaire | SANTE | CPAM | secours | 75
pass_soins | l’accès à un médecin traitant | SANTE | CPAM HOPITAL ARS | saturation |
prevention | le bilan de prévention | SANTE | CPAM ARS | service |
mutuelle_communale | la mutuelle communale | SANTE | COMMUNE CCAS | tarif | 25
aah | l’allocation aux adultes handicapés | HAND | MDPH CAF MSA | mdph | 800 | age=a_18_24 a_25_29 a_30_39 a_40_49:2 a_50_59:2 a_60_64:0.5 | activite=ac_inva:2 ac_cho_nind ac_noninscrit | niveau=n1 n2
mva | la majoration pour la vie autonome | HAND | CAF MSA | famille | 75 | activite=ac_inva | logement=l_hlm l_prive l_prop:0.3
aeeh | l’allocation d’éducation de l’enfant handicapé | HAND | MDPH CAF MSA | mdph | 150 | famille=f_couple_enf f_mono
pch | la prestation de compensation | HAND | MDPH CD | mdph | 300
asi | l’allocation supplémentaire d’invalidité | HAND | CPAM MSA | aspa | 300 | activite=ac_inva | age=a_40_49 a_50_59:2 a_60_64 | nature=r_ij
invalidite | la pension d’invalidité | HAND | CPAM MSA | mdph | 500 | activite=ac_inva ac_cho_nind ac_noninscrit | age=a_30_39:0.5 a_40_49 a_50_59:2 a_60_64
rqth | la reconnaissance de travailleur handicapé | HAND | MDPH | mdph | | age=a_18_24 a_25_29 a_30_39 a_40_49:2 a_50_59:2 a_60_64:0.4
cmi | la carte mobilité inclusion | HAND | MDPH CD | mdph |
orientation_esms | l’orientation en établissement | HAND | MDPH ESMS | saturation |
scol_handicap | l’accompagnement de la scolarité | HAND | MDPH RECTORAT | saturation | | famille=f_couple_enf f_mono
protection_majeurs | la mesure d’accompagnement | HAND | CD TJ | service |
aspa | l’Aspa | VIEIL | CARSAT MSA | aspa | 150 | age=a_65_74:5 a_75p:4 | activite=ac_retr | famille=f_seul:4 f_couple0 f_autre:0.5 | nature=r_retraite | niveau=n1 n2:6
retraite | la retraite | VIEIL | CARSAT MSA AGIRC | travail | 300 | age=a_60_64:2 a_65_74:4 a_75p:0.3 | activite=ac_retr ac_cho_nind ac_noninscrit ac_agri
reversion | la pension de réversion | VIEIL | CARSAT MSA AGIRC | aspa | 300 | famille=f_seul | age=a_60_64 a_65_74:3 a_75p:4
apa_dom | l’APA à domicile | VIEIL | CD | service | 300 | age=a_60_64:0.1 a_65_74 a_75p:6 | logement=l_prop l_hlm l_prive l_heberge
apa_etab | l’APA en établissement | VIEIL | CD | service | 300 | age=a_65_74:0.3 a_75p | logement=l_etab | famille=f_seul
ash | l’aide sociale à l’hébergement | VIEIL | CD | aspa | 800 | age=a_65_74:0.3 a_75p | logement=l_etab | famille=f_seul
aide_menagere | l’aide-ménagère | VIEIL | CD CCAS | service | 75 | age=a_65_74 a_75p:2 | logement=l_prop l_hlm l_prive
carsat_pap | l’aide à domicile de la caisse de retraite | VIEIL | CARSAT MSA | tarif | 75 | age=a_60_64:0.4 a_65_74 a_75p:2 | activite=ac_retr
ardh | l’aide au retour à domicile | VIEIL | CARSAT MSA | service | 75 | age=a_65_74 a_75p:2 | activite=ac_retr | logement=l_prop l_hlm l_prive
teleassistance | la téléassistance | VIEIL | CD CCAS | service | 25 | age=a_65_74 a_75p:3 | logement=l_prop l_hlm l_prive
ajpa | l’allocation de proche aidant | VIEIL | CAF MSA CD | tarif | 300 | activite=ac_cdi_tp ac_cdi_part:2 ac_court ac_indep ac_agri ac_cho_ind:0.3
inscription_ft | l’inscription comme demandeur d’emploi | EMPL | FT | service | | activite=ac_noninscrit
cej | le contrat d’engagement jeune | EMPL | ML FT | service | 500 | age=a_18_24 | activite=ac_noninscrit ac_cho_nind
pacea | l’accompagnement de la mission locale | EMPL | ML | service | 150 | age=a_18_24 | activite=ac_noninscrit ac_cho_nind ac_court:0.3
aides_ft | l’aide à la reprise d’emploi | EMPL | FT | tarif | 75 | activite=ac_cho_ind ac_cho_nind ac_court
formation | la formation financée | EMPL | REGION FT | service | | activite=ac_cho_ind ac_cho_nind ac_court ac_noninscrit ac_cdi_part:0.5
iae | le parcours d’insertion par l’activité économique | EMPL | SIAE DDETS | service | | activite=ac_cho_nind ac_noninscrit ac_cho_ind:0.4
agefiph | l’aide au maintien dans l’emploi | EMPL | AGEFIPH | mdph | | activite=ac_inva ac_cdi_part ac_cho_nind ac_cdi_tp
bourse_college | la bourse de collège | EDUC | RECTORAT ETAB | bourse | 25 | famille=f_couple_enf f_mono | age=a_30_39:3 a_40_49:4 a_50_59
bourse_lycee | la bourse de lycée | EDUC | RECTORAT ETAB | bourse | 75 | famille=f_couple_enf f_mono | age=a_30_39:2 a_40_49:5 a_50_59:2
fonds_social | le fonds social de l’établissement | EDUC | ETAB RECTORAT | secours | 25 | famille=f_couple_enf f_mono | age=a_30_39:3 a_40_49:4 a_50_59
bcs | la bourse d’enseignement supérieur | EDUC | CROUS | bourse | 300 | activite=ac_etu | age=a_18_24:8 a_25_29
crous_asap | l’aide spécifique du Crous | EDUC | CROUS | secours | 150 | activite=ac_etu | age=a_18_24:6 a_25_29:2
cantine | le tarif social de la cantine | EDUC | COMMUNE EPCI CD REGION | tarif | 75 | famille=f_couple_enf f_mono | age=a_25_29 a_30_39:4 a_40_49:4 a_50_59
transport_scol | l’aide au transport scolaire | EDUC | REGION EPCI | tarif | 25 | famille=f_couple_enf f_mono | age=a_30_39:3 a_40_49:4 a_50_59
aide_agent_en | l’aide sociale des personnels de l’éducation | EDUC | RECTORAT | tarif | 75 | activite=ac_court:3 ac_cdi_part
cheque_energie | le chèque énergie | ENER | ETAT ASP | tarif | 25 | logement=l_prop l_hlm l_prive l_foyer:0.3 | famille=f_seul f_couple0 f_couple_enf f_mono f_autre
eau | l’aide au paiement de l’eau | ENER | EPCI CCAS | tarif | 25 | logement=l_prop l_prive l_hlm
telecom | l’offre sociale d’accès à internet | ENER | OPERATEUR CCAS | tarif | 25
impayes_energie | la protection en cas d’impayé d’énergie | ENER | FOURNISSEUR | service | 25 | logement=l_hlm l_prive l_prop:0.6
transport_solidaire | le tarif solidaire des transports | MOB | AOM REGION | tarif | 25
aide_permis | l’aide au permis de conduire | MOB | REGION FT COMMUNE CAF | tarif | | age=a_18_24:4 a_25_29:2 a_30_39 a_40_49:0.5 | activite=ac_cho_nind ac_noninscrit ac_cho_ind ac_court ac_alter
mobilite_solidaire | le garage solidaire | MOB | ASSO CD | service | 75
transport_sante | le remboursement des transports sanitaires | MOB | CPAM | sante | 75
aide_alim | l’aide alimentaire | ALIM | ASSO CCAS | secours | 75
domiciliation | la domiciliation | CIV | CCAS ASSO | statut | | logement=l_rue:3 l_heberge:3 l_mobile:2 l_urg
sejour | l’accès au titre de séjour | CIV | PREF | statut | | activite=ac_noninscrit
etat_civil | la pièce d’identité | CIV | COMMUNE PREF | statut |
aide_jur | l’aide juridictionnelle | CIV | TJ CDAD | service |
violences | l’aide d’urgence aux victimes | CIV | CAF MSA ASSO | service | 500 | sexe=f
surendettement | la procédure de surendettement | BUDG | BDF | secours | | niveau=n1 n2 n3 n4
droit_compte | le droit au compte | BUDG | BDF BANQUE | statut |
pcb | le point conseil budget | BUDG | CCAS ASSO CD | service |
lep | le livret d’épargne populaire | BUDG | BANQUE | tarif | | niveau=n2 n3 n4
fisc | l’exonération fiscale | BUDG | DGFIP | tarif | 25 | niveau=n2 n3 n4
remise_indu | la remise de dette | BUDG | CAF MSA CPAM FT CD | service | 75
mediation_num | l’accompagnement numérique | NUM | FSERV COMMUNE ASSO | service |
ecrivain_public | l’aide de l’écrivain public | NUM | COMMUNE ASSO FSERV | service |
culture_sport | l’aide aux activités sportives et culturelles | CULT | ETAT COMMUNE ASSO | tarif | 25
autre | ce droit | AUTRE | CCAS ASSO COMMUNE AUTRE | service |
"""
