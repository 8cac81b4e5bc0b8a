package segment

var english = profile{
	code:  "en",
	stops: ".!?…‼⁇⁈⁉！？。",

	titles: listed(
		"Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Rev Hon Esq Fr Pres Gov Lt.Gov Sen Sens Rep Reps Amb Supt Insp",
		"Det Sgt Cpl Pvt Pfc Lt Capt Maj Col Gen Brig Cmdr Cdr Adm Ens Cllr Coun Atty Atty.Gen Asst Assoc Msgr Bro",
		"St Ste Mt Ft Pt Hr vs v viz cf e.g eg i.e ie esp incl excl ca aka a.k.a resp",
	),
	numbered: listed(
		"No Nos Nr no. Art art vol vols p pp pg fig figs ch chap sec sect par para paras eq ed edn op cit ref refs tel ext",
		"approx est c ver v Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Rm Apt Ste Fl Rt Rte Hwy Bldg Flt Op Psalm Matt",
	),
	doubtful: listed(
		"Inc Ltd Co Cos Corp Bros LLC Plc Jr Sr Snr Jnr etc al ibid Dept Univ Assn Inst Intl Natl Govt Ave Blvd Rd Ln Hwy Sq Pl",
		"U.S U.S.A U.K U.N E.U U.A.E U.S.S.R D.C B.C A.D B.C.E C.E L.A N.Y N.J N.C S.C N.D S.D N.H N.M R.I W.Va P.R",
		"Ph.D M.D M.A B.A M.Sc B.Sc J.D LL.B LL.M D.D.S R.N M.P G.O.P N.F.L P.S F.C A.C",
		"Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn",
		"Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta",
	),
	timed: listed("a.m p.m am pm Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun"),
	zones: listed(
		"ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST MSK IST JST AEST AEDT Eastern Central Mountain Pacific",
		"Greenwich London Moscow Yerevan Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
		"Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec January February March April May June July August September October November December",
	),
	before:  listed("on via to platform network app called"),
	branded: listed("Yahoo Jeopardy Wham Panic Yum Oklahoma Hamilton Mamma Kahoot Chips Joomla"),
	openings: listed(
		"The A An It He She They We There This These Those That At In On As By If When While After Before Since It's There's He's She's",
		"Some Many Most More Several His Her Their Its One Two Three Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands",
	),
	binding: listed(
		"of the a an in on at to for by with and or but from as is was are were be been has have had will would can could should",
		"into onto upon over under about after before between against than that which who whose when where while if because not",
		"his her their its our my your this these those said says say called titled named entitled reads read watch every each no",
	),
	lettered: listed(
		"vitamin hepatitis plan grade class type section group block level series serie point side team category schedule appendix list",
		"influenza exhibit unit part phase stage layer tier formula option version hall gate platform blood big double triple single line route apartment terminal room building case person student figure table",
	),
	starters: listed(
		"The A An This That These Those It It's Its He He's She She's They They're We We're You You're I'm I've I'll",
		"His Her Their Our My Your Who What When Where Which Why How Whose Whether",
		"And But Or Nor So Yet If Then Than As At In On For From To By With Without Within After Before Since Because Although",
		"Though However Meanwhile Moreover Furthermore Therefore Thus Hence Instead Nevertheless Nonetheless Otherwise Still",
		"There There's Here Here's Now Today Yesterday Tomorrow Tonight Later Earlier Soon Once Until Unless While Whereas",
		"Some Many Most Much Several Few All Both Each Every Either Neither Another Other Others Any Anyone Everyone Everything",
		"No Not Nothing Nobody None Yes Also Even Only Just Despite During Under Over Between Among Against About Above Across",
		"Through Throughout Toward Towards Around Behind Beyond Like Unlike Perhaps Maybe Indeed Finally Recently Last Next",
		"Let Let's Please Have Has Had Is Are Was Were Do Does Did Can Could Should Would Don't Didn't Can't",
		"More Less One Two Three According Such Same Again Often Sometimes Never Always Asked Speaking Following Given",
		"Additionally Consequently Similarly Specifically Unfortunately Fortunately Currently Previously Eventually Officials Police",
	),
}
