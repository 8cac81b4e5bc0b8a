package language

import (
	"strings"
	"testing"
)

// neighbours are sentences of our own in languages that might be taken for en, ru or hy.
var neighbours = map[string][]string{
	"hyw": {
		"Ես երէկ քաղաքը գացի եւ գիրք մը գնեցի:", "Պէյրութի մէջ հայկական դպրոցները կը շարունակեն իրենց աշխատանքը։",
		"Մենք պիտի չմոռնանք մեր լեզուն ու մշակոյթը։", "Ան ըսաւ, որ վաղը կու գայ։", "Յարգելի ընթերցողներ, այս թիւով կը ներկայացնենք նոր յօդուած մը։",
	},
	"uk": {
		"Вчора в Києві відкрили нову бібліотеку для дітей.", "Президент заявив, що переговори триватимуть наступного тижня.",
		"Мій брат живе у Львові та працює вчителем.", "Я не знаю, коли вони повернуться.", "Сьогодні дуже гарна погода.", "Уряд ухвалив новий закон про освіту.",
	},
	"be": {
		"Учора ў Мінску адкрылі новую бібліятэку для дзяцей.", "Мой брат жыве ў Гродне і працуе настаўнікам.",
		"Я не ведаю, калі яны вернуцца.", "Сёння вельмі добрае надвор'е.", "Урад прыняў новы закон аб адукацыі.",
	},
	"bg": {
		"Вчера в София откриха нова библиотека за деца.", "Президентът заяви, че преговорите ще продължат следващата седмица.",
		"Брат ми живее в Пловдив и работи като учител.", "Не знам кога ще се върнат.", "Днес времето е много хубаво.", "Правителството прие нов закон за образованието.",
	},
	"mk": {
		"Вчера во Скопје отворија нова библиотека за деца.", "Претседателот изјави дека преговорите ќе продолжат следната недела.",
		"Брат ми живее во Битола и работи како учител.", "Денес времето е многу убаво.",
	},
	"sr": {
		"Јуче је у Београду отворена нова библиотека за децу.", "Председник је изјавио да ће преговори бити настављени следеће недеље.",
		"Мој брат живи у Нишу и ради као учитељ.", "Данас је време веома лепо.",
	},
	"az": {
		"Dünən Bakıda uşaqlar üçün yeni kitabxana açıldı.", "Prezident bildirib ki, danışıqlar gələn həftə davam edəcək.",
		"Qardaşım Gəncədə yaşayır və müəllim işləyir.", "Bu gün hava çox gözəldir.",
		"Дүнән Бакыда ушаглар үчүн јени китабхана ачылды.", "Гардашым Ҝәнҹәдә јашајыр вә мүәллим ишләјир.",
	},
	"kk": {
		"Кеше Алматыда балаларға арналған жаңа кітапхана ашылды.", "Президент келіссөздер келесі аптада жалғасатынын айтты.",
		"Менің ағам Шымкентте тұрады, мұғалім болып жұмыс істейді.", "Бүгін ауа райы өте жақсы.",
	},
	"ky": {"Кечээ Бишкекте балдар үчүн жаңы китепкана ачылды.", "Менин агам Ошто жашайт, мугалим болуп иштейт."},
	"tt": {"Кичә Казанда балалар өчен яңа китапханә ачылды.", "Минем абыем Чаллыда яши һәм укытучы булып эшли."},
	"tg": {"Дирӯз дар Душанбе китобхонаи нав барои кӯдакон кушода шуд.", "Бародари ман дар Хуҷанд зиндагӣ мекунад."},
	"ka": {"გუშინ თბილისში ბავშვებისთვის ახალი ბიბლიოთეკა გაიხსნა.", "დღეს ძალიან კარგი ამინდია."},
	"tr": {
		"Dün Ankara'da çocuklar için yeni bir kütüphane açıldı.", "Cumhurbaşkanı görüşmelerin gelecek hafta devam edeceğini söyledi.",
		"Kardeşim İzmir'de oturuyor ve öğretmen olarak çalışıyor.", "Bugün hava çok güzel.",
	},
	"fr": {
		"Hier, une nouvelle bibliothèque pour enfants a ouvert à Lyon.", "Le président a déclaré que les négociations reprendraient la semaine prochaine.",
		"Mon frère habite à Marseille et travaille comme instituteur.", "Il fait très beau aujourd'hui.", "Je ne sais pas.", "Le Monde diplomatique",
	},
	"de": {
		"Gestern wurde in Köln eine neue Bibliothek für Kinder eröffnet.", "Der Präsident sagte, die Gespräche würden nächste Woche fortgesetzt.",
		"Mein Bruder wohnt in Bremen und arbeitet als Lehrer.", "Heute ist das Wetter sehr gut.", "Ich weiß es nicht.", "Die Zeit ist um.",
	},
	"es": {
		"Ayer se inauguró en Sevilla una nueva biblioteca para niños.", "El presidente dijo que las negociaciones continuarán la próxima semana.",
		"Mi hermano vive en Bilbao y trabaja como maestro.", "Hoy hace muy buen tiempo.", "No lo sé.",
	},
	"it": {"Ieri a Torino è stata aperta una nuova biblioteca per bambini.", "Mio fratello vive a Genova e lavora come maestro.", "Oggi il tempo è molto bello."},
	"pt": {"Ontem abriu no Porto uma nova biblioteca para crianças.", "O meu irmão vive em Braga e trabalha como professor."},
	"nl": {"Gisteren is in Utrecht een nieuwe bibliotheek voor kinderen geopend.", "Mijn broer woont in Leiden en werkt als leraar.", "Het weer is vandaag erg goed."},
	"pl": {"Wczoraj w Krakowie otwarto nową bibliotekę dla dzieci.", "Mój brat mieszka w Gdańsku i pracuje jako nauczyciel."},
	"ro": {"Ieri la Cluj s-a deschis o nouă bibliotecă pentru copii.", "Fratele meu locuiește în Iași și lucrează ca profesor."},
	"sv": {"I går öppnades ett nytt bibliotek för barn i Uppsala.", "Min bror bor i Lund och arbetar som lärare."},
	"fa": {"دیروز در تهران یک کتابخانه جدید برای کودکان گشایش یافت."},
	"ar": {"افتتحت أمس في القاهرة مكتبة جديدة للأطفال."},
	"el": {"Χθες άνοιξε στην Αθήνα μια νέα βιβλιοθήκη για παιδιά."},
	"he": {"אתמול נפתחה בחיפה ספרייה חדשה לילדים."},
	"ja": {"昨日、京都に子供のための新しい図書館が開かれました。"},
	"zh": {"昨天上海开了一家新的儿童图书馆。"},
	"ko": {"어제 부산에 새로운 어린이 도서관이 문을 열었습니다."},
	"am": {"ትናንት በአዲስ አበባ አዲስ የልጆች ቤተ መጻሕፍት ተከፈተ።"},
	"hi": {"कल दिल्ली में बच्चों के लिए एक नया पुस्तकालय खुला।"},
	"und": {
		"", " \n", "1234 – 5678", "!!!", "😀😀", "https://a.example/the/way/it/was", "a", "\xff\xfe",
		"barev dzez inchpes eq lav em shnorhakalutyun", "privet kak dela u menya vsyo khorosho spasibo",
		"Jana alifungua maktaba mpya ya watoto mjini humo.", "Hôm qua thư viện mới dành cho trẻ em đã mở cửa.", "xqzt wrrgl kpfff zzzt bvnm",
	},
}

// ours are short sentences of our own in the three languages.
var ours = map[string][]string{
	"en": {
		"Yesterday a new library for children opened in Leeds.", "My brother lives in Bristol and works as a teacher.", "The weather is very good today.",
		"I don't know.", "What happened next?", "Thank you very much!", "Read more", "Breaking news", "How the city was built",
		"By Anna Grigoryan", "Photo: the author", "Why the river matters", "Prices rise again", "Teachers strike for better pay", "Naïve résumé of the façade",
	},
	"ru": {
		"Вчера в Самаре открыли новую библиотеку для детей.", "Мой брат живёт в Омске и работает учителем.", "Сегодня очень хорошая погода.",
		"Я не знаю.", "Что было дальше?", "Большое спасибо!", "Читать далее", "Последние новости", "Как строили город",
		"Фото автора", "Почему река важна", "Цены снова растут", "Учителя бастуют", "Ереван принял гостей", "Он не пришёл.",
	},
	"hy": {
		"Երեկ Գյումրիում մանկական նոր գրադարան բացվեց։", "Եղբայրս ապրում է Վանաձորում և աշխատում է որպես ուսուցիչ:", "Այսօր եղանակը շատ լավն է։",
		"Չգիտեմ։", "Ի՞նչ եղավ հետո։", "Շատ շնորհակալություն", "Կարդալ ավելին", "Վերջին լուրեր", "Ինչպես է կառուցվել քաղաքը", "Լուսանկարը՝ հեղինակի",
		"Ինչո՞ւ է գետը կարևոր", "Գները կրկին աճում են", "Էլեկտրաէներգիայի գինը", "Հյուսիսային Կորեան", "ԵՐԵՎԱՆ", "Եւ նա եկավ", "Միացեալ Նահանգներ ամսագիրը գրում է",
	},
}

// TestNeighbours: a language we hold no pages of is named or left open, and never taken for one of ours.
func TestNeighbours(t *testing.T) {
	right, all := 0, 0
	for lang, texts := range neighbours {
		for _, text := range texts {
			got, sure := Detect(text)
			all++
			if got == lang {
				right++
				continue
			}
			t.Logf("%s taken for %s (%.2f): %s", lang, got, sure, text)
			if got == "en" || got == "ru" || got == "hy" || lang == "hyw" {
				t.Errorf("Detect(%q) = %s, want %s or und", text, got, lang)
			}
			if sure < 0 || sure > 1 {
				t.Errorf("Detect(%q): confidence %v", text, sure)
			}
		}
	}
	t.Logf("%d of %d named", right, all)
	if right*100 < all*90 {
		t.Errorf("%d of %d named, want nine in ten", right, all)
	}
}

func TestDetectOurs(t *testing.T) {
	for lang, texts := range ours {
		for _, text := range texts {
			if got, sure := Detect(text); got != lang {
				t.Errorf("Detect(%q) = %s (%.2f), want %s", text, got, sure, lang)
			}
		}
	}
}

// TestDetectMixed: names and quotations do not change what a text is written in.
func TestDetectMixed(t *testing.T) {
	for _, tt := range []struct{ want, text string }{
		{"hy", "Microsoft-ը և Google-ը New York Times-ին հայտնել են, որ չեն մեկնաբանում:"},
		{"ru", "Компании Apple, Google и Microsoft отказались от комментариев изданию The New York Times."},
		{"en", "The paper, called «Правда», was printed in Moscow and read by everybody in the building."},
		{"hy", "Նա ասաց «Всё будет хорошо» և գնաց տուն, որտեղ նրան սպասում էին ընկերները։"},
		{"en", strings.Repeat("The old town has many small houses. ", 20000)},
		{"hy", strings.Repeat("Հին քաղաքը շատ փոքր տներ ունի։ ", 20000)},
	} {
		if got, sure := Detect(tt.text); got != tt.want {
			t.Errorf("Detect(%.60q) = %s (%.2f), want %s", tt.text, got, sure, tt.want)
		}
	}
}

func TestConfidenceGrows(t *testing.T) {
	_, short := Detect("в ходе")
	_, long := Detect("в ходе собрания жители обсудили, что ещё можно сделать для города")
	if long <= short || long < 0.95 {
		t.Errorf("confidence %.3f of a phrase, %.3f of a sentence", short, long)
	}
}

func FuzzDetect(f *testing.F) {
	for _, texts := range neighbours {
		f.Add(texts[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		lang, sure := Detect(text)
		if code, ok := Parse(lang); !ok || code != lang || !(sure >= 0 && sure < 1) {
			t.Fatalf("Detect(%q) = %q, %v", text, lang, sure)
		}
	})
}
