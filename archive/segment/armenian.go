package segment

// Armenian: the full stop is ։ (U+0589), in four texts of five typed as an ASCII colon. A dot or ․ (U+2024) is a
// half stop inside the sentence or belongs to an abbreviation. ՞ ՜ ՛ stand inside words and end nothing.
var armenian = profile{
	code:  "hy",
	stops: "։:.․!?…‼⁇⁈⁉",

	titles: listed(
		"պրն պ-ն տկն տիկ օր օրդ դոկտ դոկ պրոֆ ակադ գեն գնդ մայոր կապ լեյտ սբ սուրբ նախ վարչ վրդ արք եպս հայր տես տե՛ս հմմտ",
		"փ փող պող խճ հր շ բն թաղ մ գ ք քաղ շրջ նահ օրին այս.ինքն այսինքն ռուս անգլ ֆր գերմ լատ հուն",
	),
	numbered: listed("էջ էջր գլ հատ հտ նկ աղ պարբ մաս հոդ կետ թիվ No հեռ"),
	doubtful: listed(
		"թ թթ դ դդ հ ժ ր վ մ.թ.ա մ.թ թ.ա այլն այլ և.այլն ն.ա հզ մլն մլրդ տրլն հազ կմ մ սմ մմ կգ գ լ հա դր կոպ ք.կմ ք.մ քառ խոր",
		"հունվ փետր մարտ ապր մայ հուն հուլ օգոստ օգ սեպտ սեպ հոկտ հոկ նոյ դեկտ դեկ",
	),
}
