/**
 * Months by language, the first to the twelfth: full names in the forms that dates use, and those short ones that are not
 * the beginning of a full one. Folded: lower case, without accents and points.
 */
const MONTHS: Record<string, string> = {
  en: 'january|february|march mar|april|may|june|july|august|september|october|november|december',
  de: 'januar janner jaenner|februar feber|marz maerz mrz|april|mai|juni|juli|august|september|oktober|november|dezember',
  fr: 'janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre',
  es: 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre setiembre|octubre|noviembre|diciembre',
  it: 'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre',
  pt: 'janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro',
  nl: 'januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december',
  da: 'januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december',
  nb: 'januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember',
  sv: 'januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december',
  fi:
    'tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesakuuta|heinakuuta|elokuuta|syyskuuta|lokakuuta|' +
    'marraskuuta|joulukuuta',
  pl:
    'styczen stycznia|luty lutego|marzec marca|kwiecien kwietnia|maj maja|czerwiec czerwca|lipiec lipca|' +
    'sierpien sierpnia|wrzesien wrzesnia|pazdziernik pazdziernika|listopad listopada|grudzien grudnia',
  cs:
    'leden ledna|unor unora|brezen brezna|duben dubna|kveten kvetna|cerven cervna cvn|cervenec cervence cvc|' +
    'srpen srpna|zari|rijen rijna|listopad listopadu|prosinec prosince',
  sk: 'januar januara|februar februara|marec marca|april aprila|maj maja|jun juna|jul jula|august augusta|september septembra|oktober oktobra|november novembra|december decembra',
  hu: 'januar|februar|marcius|aprilis|majus|junius|julius|augusztus|szeptember|oktober|november|december',
  ro: 'ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie',
  et: 'jaanuar|veebruar|marts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember',
  lv: 'janvaris|februaris|marts|aprilis|maijs|junijs|julijs|augusts|septembris|oktobris|novembris|decembris',
  lt:
    'sausis sausio|vasaris vasario|kovas kovo|balandis balandzio|geguze geguzes|birzelis birzelio|liepa liepos|' +
    'rugpjutis rugpjucio|rugsejis rugsejo|spalis spalio|lapkritis lapkricio|gruodis gruodzio',
  hr:
    'sijecanj sijecnja|veljaca veljace|ozujak ozujka|travanj travnja|svibanj svibnja|lipanj lipnja|srpanj srpnja|' +
    'kolovoz kolovoza|rujan rujna|listopad listopada|studeni studenoga|prosinac prosinca',
  sl: 'januar januarja|februar februarja|marec marca|april aprila|maj maja|junij junija|julij julija|avgust avgusta|september septembra|oktober oktobra|november novembra|december decembra',
  tr: 'ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik',
  el:
    'ιανουαριος ιανουαριου|φεβρουαριος φεβρουαριου|μαρτιος μαρτιου|απριλιος απριλιου|μαιος μαιου|ιουνιος ιουνιου|' +
    'ιουλιος ιουλιου|αυγουστος αυγουστου|σεπτεμβριος σεπτεμβριου|οκτωβριος οκτωβριου|νοεμβριος νοεμβριου|' +
    'δεκεμβριος δεκεμβριου',
};

/** The language whose short and full names say other months than those of its neighbours: listopad, lipnja and srp. */
const APART = 'hr';

const SHORTEST = 3;
const LONGEST = 20;

/** Every name, and every beginning of three letters and more that says only one month of the language. */
function namesOf(language: string): Map<string, number> {
  const months = MONTHS[language]!.split('|').map((names) => names.split(' '));
  const found = new Map<string, number>();
  months.forEach((names, i) => {
    for (const name of names) {
      for (let length = SHORTEST; length <= name.length; length++) {
        const beginning = name.slice(0, length);
        const known = found.get(beginning);
        found.set(beginning, known === undefined || known === i + 1 ? i + 1 : 0);
      }
    }
  });
  months.forEach((names, i) => {
    for (const name of names) found.set(name, i + 1);
  });
  for (const [name, month] of found) if (month === 0) found.delete(name);
  return found;
}

interface Names {
  byLanguage: Map<string, Map<string, number>>;
  /** Of all languages together, where no two of them say different months. */
  common: Map<string, number>;
}

let names: Names | null = null;

/** Put together when the first name is looked up. */
function known(): Names {
  if (names !== null) return names;
  const byLanguage = new Map(Object.keys(MONTHS).map((language) => [language, namesOf(language)]));
  const common = new Map<string, number>();
  const full = new Map<string, number>();
  for (const [language, own] of byLanguage) {
    if (language === APART) continue;
    for (const [name, month] of own) {
      const other = common.get(name);
      common.set(name, other === undefined || other === month ? month : 0);
    }
    MONTHS[language]!.split('|').forEach((list, i) => {
      for (const name of list.split(' ')) full.set(name, i + 1);
    });
  }
  // A whole name goes before another language's beginning.
  for (const [name, month] of full) if (common.get(name) === 0) common.set(name, month);
  for (const [name, month] of common) if (month === 0) common.delete(name);
  for (const [name, month] of byLanguage.get(APART)!) if (!common.has(name)) common.set(name, month);
  names = { byLanguage, common };
  return names;
}

/** Letters that no decomposition takes apart. */
const PLAIN: Record<string, string> = { ı: 'i', ł: 'l', đ: 'd', ø: 'o' };

export const folded = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ıłđø]/g, (letter) => PLAIN[letter]!);

/** Whether there are month names of a language, by its ISO 639 code. */
export const hasMonthNames = (language: string): boolean => Object.hasOwn(MONTHS, language);

/** In whatever language. */
export const isMonthName = (word: string): boolean => monthOfName(word) > 0 || monthOfName(word, APART) > 0;

/**
 * The month, 1 to 12, that a full or short name says, in any of the languages or in the one given; 0: none. Case, accents
 * and a point at the end don't count.
 */
export function monthOfName(word: string, language: string | null = null): number {
  if (word.length < SHORTEST || word.length > LONGEST) return 0;
  const name = folded(word.endsWith('.') ? word.slice(0, -1) : word);
  const { byLanguage, common } = known();
  return (language === null ? common : byLanguage.get(language))?.get(name) ?? 0;
}

/**
 * What a month's name says of its language: `open` where Croatian means another month by it than Polish or Czech
 * (listopad, srp), `apart` where only Croatian has it, `common` where Croatian hasn't.
 */
export function languageOfName(word: string): 'open' | 'apart' | 'common' | 'both' {
  const own = monthOfName(word, APART);
  if (own === 0) return 'common';
  const { byLanguage } = known();
  const name = folded(word);
  const others = [...byLanguage].filter(([language, months]) => language !== APART && months.has(name));
  if (others.length === 0) return 'apart';
  return monthOfName(word) === own ? 'both' : 'open';
}

/** The suffix of a date format whose month names are Croatian. */
export const APART_SUFFIX = `@${APART}`;

const WEEKDAYS = new Set(
  (
    'monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun ' +
    'montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so ' +
    'lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim ' +
    'lunes martes miercoles mie jueves jue viernes vie sabado sab domingo dom ' +
    'lunedi martedi mercoledi giovedi gio venerdi sabato domenica ' +
    'segunda seg terca ter quarta qua quinta qui sexta sex ' +
    'maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo ' +
    'mandag man tirsdag tirs tir onsdag ons torsdag tors tor fredag fre lordag lor sondag son tisdag tis ' +
    'maanantai tiistai ti keskiviikko ke torstai to perjantai pe lauantai la sunnuntai su ' +
    'poniedzialek pon wtorek wt sroda sr czwartek czw piatek pt sobota sob niedziela niedz nd ndz ' +
    'pondeli po utery ut streda st ctvrtek ct patek pa nedele ne pondelok stvrtok piatok nedela ' +
    'hetfo kedd szerda sze csutortok csut cs pentek szombat szo vasarnap vas ' +
    'luni marti miercuri joi vineri vin sambata duminica dum ' +
    'esmaspaev teisipaev kolmapaev neljapaev reede laupaev puhapaev ' +
    'pirmdiena otrdiena tresdiena ceturtdiena piektdiena sestdiena svetdiena ' +
    'pirmadienis antradienis treciadienis ketvirtadienis penktadienis sestadienis sekmadienis pr an tr kt pn sk ' +
    'ponedjeljak utorak uto srijeda sri cetvrtak cet petak pet subota sub nedjelja ned ' +
    'ponedeljek torek sreda sre cetrtek petek nedelja ' +
    'pazartesi pzt sali sal carsamba car persembe per cuma cum cumartesi cmt pazar paz ' +
    'δευτερα δευ τριτη τρι τεταρτη τετ πεμπτη πεμ παρασκευη παρ σαββατο σαβ κυριακη κυρ'
  ).split(' '),
);

/** Whether a word is a weekday, full or short, in one of the languages. */
export const isWeekday = (word: string): boolean => word.length <= LONGEST && WEEKDAYS.has(folded(word));
