/**
 * What decides between encodings of one byte a letter: which letters beyond a–z a language has, how often it has each
 * (by weight among these letters), and words of statements and of everyday names.
 */
export interface Language {
  name: string;
  letters: ReadonlyMap<string, number>;
  words: ReadonlySet<string>;
  /** Pairs of neighbours, at least one of them beyond a–z, that occur in the words. */
  pairs: ReadonlySet<string>;
}

function language(name: string, letters: string, words: string): Language {
  const weights = letters.split(' ').map((entry): [string, number] => [entry[0]!, Number(entry.slice(1))]);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const known = new Set(words.split(/\s+/).filter((word) => word !== ''));
  const pairs = new Set<string>();
  for (const word of known) {
    const framed = ` ${word} `;
    for (let i = 0; i + 1 < framed.length; i++) {
      const pair = framed.slice(i, i + 2);
      if (/[^ -~]/.test(pair)) pairs.add(pair);
    }
  }
  return { name, letters: new Map(weights.map(([letter, weight]) => [letter, weight / total])), words: known, pairs };
}

export const LATIN: readonly Language[] = [
  language(
    'English',
    'é50 è6 ü8 ö8 ñ6 á5 ç4 ï3 ó4 í3 ä3 å1 ê1 â1 ø1',
    'date amount balance description reference account payment currency customer transfer café fee card number type details name value paid',
  ),
  language(
    'German',
    'ä30 ö20 ü38 ß12 é1',
    'datum buchung buchungstag wertstellung betrag währung umsatz saldo empfänger auftraggeber zahlungspflichtiger begünstigter verwendungszweck kontonummer gläubiger überweisung gutschrift lastschrift rücklastschrift gebühr gebühren zinsen auszug übertrag kunde schlüssel münchen köln düsseldorf nürnberg zürich österreich müller schröder jäger bäckerei straße größe für ausführung länder fällig rückzahlung täglich möbel käse früh hörl böhm lösch schön später ändern grün könig gärtner',
  ),
  language(
    'French',
    'é62 è10 à12 ê5 ç3 ù1 î2 â2 ô2 û1 ë0.3 ï0.5 ü0.1 œ0.6',
    'date libellé débit crédit montant opération solde compte bénéficiaire référence numéro devise virement prélèvement chèque retrait dépôt intérêts société hôtel café théâtre marché boulangerie pâtisserie épicerie général générale française françois hélène élève forêt île château août décembre février été reçu émis à payé été frais période prêt échéance œuvre cœur bœuf sœur où côté créancier tiers',
  ),
  language(
    'Spanish',
    'ó26 í22 á20 é14 ñ10 ú6 ü0.6',
    'fecha importe concepto saldo descripción operación número cuenta depósito débito crédito retiro código información transacción beneficiario divisa señor españa compañía méxico bogotá garcía martínez rodríguez lópez pérez gonzález fernández sánchez muñoz núñez ibáñez peña año mañana niño panadería farmacia cafetería teléfono días comisión',
  ),
  language(
    'Portuguese',
    'ã22 ç20 á12 é11 í9 ó7 ê6 õ5 â4 ú3 ô2 à2',
    'data valor descrição saldo conta operação transação crédito débito número agência histórico lançamento lançamentos depósito transferência juros cartão são joão conceição pão irmão açougue farmácia serviços comércio salário março não até você república pagamento referência situação código balcão câmbio mês título previsão',
  ),
  language(
    'Italian',
    'à35 è30 ù12 ò12 ì6 é5',
    'data importo descrizione saldo valuta causale conto beneficiario operazione contabile addebito accredito città società perché più già università caffè martedì lunedì giovedì venerdì qualità attività però libertà sarà',
  ),
  language(
    'Dutch',
    'ë50 é25 ï12 ö4 ü4 è4',
    'datum bedrag omschrijving rekening saldo naam tegenrekening mededelingen categorieën coöperatie geïnd financiën belgië café één creditering italië industrieën patiënten',
  ),
  language(
    'Swedish',
    'ä40 å28 ö30 é1.5',
    'datum belopp saldo bokföringsdag bokförd valuta mottagare avsändare överföring insättning uttag ränta kontonummer räkning för från återbetalning göteborg malmö löne åsa pålägg är när även systembolaget hjälp',
  ),
  language(
    'Finnish',
    'ä75 ö20 å3 é1 š0.3 ž0.1',
    'päivä päivämäärä määrä summa saaja maksaja tilinumero viite viesti arvopäivä kirjauspäivä selite jyväskylä hämeenlinna mäkinen järvinen hyvä äyri yhteensä lähettäjä jälkeen käyttö työ',
  ),
  language(
    'Danish and Norwegian',
    'ø40 å35 æ22 é3 ö0.3 ä0.3',
    'dato beløb saldo tekst bogføringsdato rentedato modtager afsender overførsel indbetaling beskrivelse bokføringsdato beløp rentedato mottaker utbetaling lønn løn tromsø ålborg århus køb kjøp købmand måned gæld på fra også når høj sørensen jørgensen bjørn håkon åse færge',
  ),
  language(
    'Icelandic',
    'á14 ð20 í15 é7 ó9 þ9 ú7 ý4 æ8 ö8',
    'dagsetning upphæð staða skýring reikningur færsla greiðsla innborgun úttekt tilvísun kennitala viðskipti banki reykjavík þórður guðmundsson sigurðsson jón það við króna vextir þjónusta',
  ),
  language(
    'Catalan',
    'à15 é15 è15 ó20 í12 ç8 ò7 ú4 ï4 ü1',
    'data import concepte saldo operació descripció número compte targeta transferència dipòsit crèdit dèbit barcelona farmàcia plaça català',
  ),
  language(
    'Polish',
    'ł24 ą14 ę16 ó13 ś10 ż13 ć6 ń3.5 ź1',
    'data kwota saldo waluta tytuł tytułem opis rachunek rachunku numer odbiorca nadawca księgowania operacji płatność płatności przelew wpłata wypłata wpływ obciążenie uznanie prowizja opłata opłaty odsetki należność spłata zadłużenie środki dostępne spółka spółdzielnia ograniczoną odpowiedzialnością łódź kraków gdańsk poznań wrocław białystok rzeszów częstochowa żabka biedronka gałązka świeży piekarnia książka książki zakład usługi usług właściciel późno źródło święta słońce żółć ciężar jaźń paździoch październik wrzesień styczeń grudzień sierpień ćwikła kość więcej będą są się',
  ),
  language(
    'Czech',
    'í20 á18 é10 ě12 ř10 š7 ž8 č8 ý8 ů5 ú1.5 ť0.6 ň0.6 ď0.3 ó0.5',
    'datum částka měna účet účtu číslo protiúčet protiúčtu název zůstatek zpráva zprávy příjemce popis typ poznámka variabilní konstantní specifický symbol splatnosti zaúčtování provedení valuty banka kód platba úrok poplatek úhrada převod příchozí odchozí výběr vklad úvěr splátka dlužná dnů po kč klient praha brno plzeň ostrava liberec olomouc město náměstí řeka škola žena čas dům kůň šťastný příliš žluťoučký novák dvořák svoboda černý procházka kučera veselý horák němec pokorný říha řezník lékárna potraviny pekařství',
  ),
  language(
    'Slovak',
    'á20 í10 é8 ý10 č11 š9 ž9 ú9 ľ4 ô2 ť6 ó1.5 ä1 ň1.5 ď1 ĺ0.2 ŕ0.2',
    'dátum suma čiastka mena účet účtu číslo protiúčet názov zostatok správa príjemca platiteľa platiteľ popis poznámka variabilný konštantný špecifický symbol valuta banka kód platba úrok poplatok úhrada prevod výber vklad úver splátka klient bratislava košice žilina prešov nitra veľký môže päť mäso ďakujem šťastie potraviny lekáreň horváth kováč varga tóth nagy baláž',
  ),
  language(
    'Hungarian',
    'á25 é25 ö9 ó9 ő9 ü6 í6 ú3 ű3',
    'datum osszeg nev név dátum összeg egyenleg könyvelés értéknap közlemény számla számlaszám megnevezés partner neve tranzakció típusa típus devizanem jóváírás terhelés átutalás készpénz felvétel befizetés díj kamat jutalék kedvezményezett forint budapest győr debrecen miskolc székesfehérvár nyíregyháza kecskemét szombathely gyógyszertár élelmiszer pékség kis nagy kovács szabó tóth horváth varga bíró fűszer hűtő erdő főút utca üveg őszi fizetés időszak előző következő növekedés csökkenés ügyfél lejárat tőke törlesztés hitel',
  ),
  language(
    'Slovenian',
    'č35 š35 ž28 ć1',
    'datum znesek stanje račun namen plačilo plačila prejemnik plačnik številka opis valuta sklic dobro breme promet ljubljana maribor celje žiga špela čebela trgovina življenje več še že',
  ),
  language(
    'Croatian and Serbian',
    'č25 š25 ž15 ć25 đ8',
    'datum iznos stanje račun opis plaćanja plaćanje primatelj platitelj broj poziv uplata isplata duguje potražuje valuta tečaj naknada kamata zagreb split rijeka osijek šibenik kovačević horvat marić babić jurić novaković đaković đurić beograd niš čačak prodavnica više što',
  ),
  language(
    'Romanian',
    'ă45 ţ10 ț10 ş10 ș10 î15 â8',
    'data suma sumă sold debit credit descriere tranzacţie tranzacție tranzacţii beneficiar plătitor plată plăţi plăți plata cont valută referinţă referință dobândă comision încasare încasări retragere bucureşti bucurești iaşi timişoara constanţa braşov piaţa şcoala ştefan ţară înainte până câmp român când după fără',
  ),
  language(
    'Albanian',
    'ë80 ç20',
    'data shuma përshkrimi gjendja llogaria pagesë tërheqje depozitë tiranë durrës shkodër çmimi është një për çdo në',
  ),
  language(
    'Lithuanian',
    'ė25 ų15 š17 į9 ž12 ū7 č7 ą8 ę4',
    'data suma valiuta likutis gavėjas mokėtojas mokėtojo gavėjo sąskaita sąskaitos paskirtis mokėjimo mokėjimas įplaukos išlaidos numeris pavadinimas operacija įmoka palūkanos mokestis šiauliai klaipėda panevėžys kaunas vilnius žemė ąžuolas čia ūkis įmonė lietuvių vaistinė parduotuvė kavinė žuvis šviežia išrašas grąžinimas už šių',
  ),
  language(
    'Latvian',
    'ā38 ī15 ē14 š12 ū5 ņ6 ļ4 ž3 č1.5 ģ1 ķ1.5',
    'datums summa valūta atlikums saņēmējs maksātājs konts konta numurs mērķis maksājuma maksājums apraksts iemaksa izmaksa procenti komisija rīga liepāja jelgava jūrmala daugavpils ēdnīca aptieka veikals kafejnīca bērziņš kalniņš ozoliņš jānis pēteris ķekava ģimene ļoti žēl šodien darījums darījuma partnera',
  ),
  language(
    'Estonian',
    'ä30 õ30 ü25 ö8 š0.5 ž0.3',
    'kuupäev summa saaja maksja selgitus konto kontonumber valuuta saldo deebet kreedit nimi viitenumber makse tehing pärnu jõhvi võru põlva tööandja tõnu jüri mõis küla õpetaja käive väljavõte',
  ),
  language(
    'Turkish',
    'ı32 ş15 ü13 ğ9 ç9 ö7 İ8 â0.5',
    'tarih tarihi tutar tutarı bakiye açıklama işlem İşlem hesap hesabı şube şubesi müşteri para birimi borç alacak ödeme havale çekme yatırma ücret ücreti faiz dönem gönderen alıcı kredi kartı taksit İstanbul izmir İzmir ankara şişli kadıköy beşiktaş üsküdar muğla eskişehir diyarbakır şirketi gıda eczanesi market giriş çıkış sıra numarası değer dekont yılmaz öztürk çelik şahin yıldız aydın doğan kılıç güneş',
  ),
];

export const CYRILLIC: readonly Language[] = [
  language(
    'Russian',
    'о109 е84 а80 и73 н67 т63 с54 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ0.4 ё0.4',
    'руб дата сумма счет счёт операции операция остаток валюта описание назначение платежа платеж получатель плательщик номер карта карты дебет кредит приход расход баланс перевод комиссия банк рубль клиент дней просрочки категория магазин москва',
  ),
  language(
    'Ukrainian',
    'о94 а72 и61 і57 н65 в52 р47 т53 е50 с41 к35 л36 у33 д34 м31 п29 з23 я21 ь18 б17 г15 ч14 х12 й13 ж8 ї6 ц6 ю8 є4 ш7 щ3 ф2 ґ0.2',
    'дата сума рахунок залишок валюта призначення платежу опис одержувач платник номер операції операція картка банк гривня комісія переказ',
  ),
  language(
    'Bulgarian',
    'а117 о87 и89 е88 т75 н72 р48 с47 в46 д38 л32 п28 к32 з22 м24 я17 ъ18 у15 г16 б15 ч14 щ6 ц6 ж7 й6 х5 ш4 ю1.5 ф2 ь0.2',
    'дата сума сметка салдо валута основание наредител получател описание дебит кредит превод такса банка номер плащане лева',
  ),
  language(
    'Serbian',
    'а115 о98 и90 е86 н57 р50 с47 т43 ј42 у39 в37 к36 л33 д35 м34 п29 г17 з17 ч10 б14 ш8 ж6 ц8 х6 њ6 љ4 ћ7 ђ3 ф2 џ0.4',
    'датум износ стање рачун опис плаћање прималац број уплата исплата валута',
  ),
];

export const GREEK: readonly Language[] = [
  language(
    'Greek',
    'α88 ο90 τ80 ε70 ι65 ν62 σ45 ς40 ρ41 κ40 π37 η40 υ37 λ28 μ33 ί20 ό22 ά20 έ18 ή15 ώ11 ύ9 δ17 γ16 θ11 χ11 ω13 β7 φ8 ξ4 ζ3 ψ2 ϊ0.5 ϋ0.1 ΐ0.1',
    'ημερομηνία ποσό υπόλοιπο περιγραφή λογαριασμός συναλλαγή αιτιολογία χρέωση πίστωση δικαιούχος νόμισμα αριθμός κατάθεση ανάληψη μεταφορά τόκοι',
  ),
];

export const HEBREW: readonly Language[] = [
  language(
    'Hebrew',
    'י110 ו105 ה95 ל72 א62 ר60 ת57 ב53 ש50 מ47 ם34 נ33 ד29 ח26 ע30 ק25 פ21 כ26 ט15 ן14 ס18 ג16 צ13 ז11 ך8 ף3 ץ3',
    'תאריך ערך תיאור אסמכתא בחובה בזכות חובה זכות היתרה יתרה סכום פעולה העסקה חשבון מספר שם בנק העברה משכורת הוראת קבע משיכת מזומן כרטיס אשראי הפקדה עמלה ריבית שקל שיק הערות פירוט סניף לקוח תשלום חיוב מטבע בית דירה חשמל מים עיריית ביטוח',
  ),
];
