/** ISO 4217, the codes that have gone out of use since 1990 included: old histories carry them. */
const CODES =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE ' +
  'CHF CHW CLF CLP CNH CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF ' +
  'GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL ' +
  'LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR ' +
  'PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP ' +
  'TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XAG XAU XCD XCG XDR XOF XPD XPF XPT XSU ' +
  'XUA YER ZAR ZMK ZMW ZWG ZWL ' +
  'ADP ATS AZM BEF BGL BYR CSD CSK CYP DEM ECS EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MTL MXP NLG PTE ROL RUR ' +
  'SDD SIT SKK SRG TMM TRL UAK VEB XEU YUM ZWD';

/** How currencies are written where no code stands: abbreviations may end in a point. */
const ABBREVIATIONS =
  'rs re kr kč kc kčs zł zl lei leu fr sfr fs din дин kn лв руб р грн ден тг ft tl rm rp ls lt sk bs r euro euros ' +
  'ksh tsh ush';

/** Written with a dollar or another sign among letters. */
const COMPOSED = 'us$ a$ au$ c$ ca$ can$ nz$ hk$ s$ sg$ nt$ mx$ r$ j$ tt$ bz$ ec$ $u e£ £e us€ s/ s/. b/. rmb';

const SIGNS = '€ $ £ ¥ ₹ ₨ ₽ ₺ ₩ ₫ ₪ ₱ ₦ ฿ ₴ ₸ ₼ ₾ ₡ ₲ ₵ ₭ ₮ ৳ ₤ ₣ ₧ ¤ ﷼ 円 圓 元 圆 원';

const set = (list: string) => new Set(list.toLowerCase().split(' '));

const codes = set(CODES);
const abbreviations = set(ABBREVIATIONS);
const composed = set(`${COMPOSED} ${SIGNS}`);

/** How a word stands for a currency, null where it doesn't; upper and lower case count as equal. */
export function currencyWord(word: string): 'code' | 'abbreviation' | 'sign' | null {
  const lower = word.toLowerCase();
  if (composed.has(lower)) return 'sign';
  if (codes.has(lower)) return 'code';
  return abbreviations.has(lower.endsWith('.') ? lower.slice(0, -1) : lower) ? 'abbreviation' : null;
}
