/** Digits, letters, or the signs between them. */
export interface Token {
  kind: 'digits' | 'word' | 'signs';
  text: string;
}

/** Words before and after a time of day. */
const LEADING = /^(?:klo|kl|um|at|à)$/i;
const CLOSING = /^(?:h|Uhr)$/i;
/** As OFX has them: [0:GMT], [-5:EST], [+5.30:IST]. */
const BRACKETED_ZONE = /^\[[+\-−]?\d{1,2}(?:\.\d{1,2})?(?::[A-Za-z]{2,5})?\]$/;

/** The format of what follows a date: a time of day with any signs, AM or PM, a zone. Null where it is something else. */
export function timeFormatOf(tokens: readonly Token[]): string | null {
  let format = '';
  const units = ['H', 'm', 's'];
  let fields = 0;
  let inFraction = false;
  let zoned = false;
  let half = false;
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    const following = tokens[at + 1];
    if (kind === 'digits') {
      if (zoned) return null;
      if (inFraction) {
        if (text.length > 9) return null;
        format += 'SSS';
        inFraction = false;
        fields = 4;
      } else if (fields === 0 && (text.length === 4 || text.length === 6)) {
        format += text.length === 4 ? 'HHmm' : 'HHmmss';
        fields = text.length / 2;
      } else if (fields < 3 && text.length <= 2) {
        format += units[fields]!.repeat(text.length);
        fields++;
      } else return null;
    } else if (kind === 'signs') {
      if (text.startsWith('[')) {
        const rest = tokens.slice(at).map((token) => token.text);
        return BRACKETED_ZONE.test(rest.join('')) ? `${format}z` : null;
      }
      const sign = /([+−-])$/.exec(text)?.[1];
      if (sign !== undefined && fields >= 2 && following?.kind === 'digits') {
        const rest = tokens.slice(at + 1);
        const zone = /^(?:\d{4}|\d{2}(?::\d{2})?)$/.exec(rest.map((token) => token.text).join(''))?.[0];
        if (zone === undefined) return null;
        return `${format}${text.slice(0, -1).replaceAll(/\s+/g, ' ')}${zone.includes(':') ? 'XXX' : zone.length === 4 ? 'Z' : 'X'}`;
      }
      if (fields === 3 && following?.kind === 'digits') {
        if (text !== '.' && text !== ',' && text !== ':') return null;
        inFraction = true;
      } else if (!/^[-:. ,_]{1,3}$/.test(text)) return null;
      // At the end only a point may stand.
      if (following === undefined && text !== '.') return null;
      format += text.replace(/\s+/g, ' ');
    } else {
      const dotted = /^[ap]$/i.test(text) && following?.text === '.' && /^m$/i.test(tokens[at + 2]?.text ?? '');
      if (text.toUpperCase() === 'T' && fields === 0 && following?.kind === 'digits') format += `'${text}'`;
      else if (fields === 0 && LEADING.test(text)) format += `'${text}'`;
      else if (fields === 0) return null;
      else if ((/^[ap]m$/i.test(text) || dotted) && !half) {
        half = true;
        format = format.replace(/H/g, 'h') + 'a';
        if (dotted) at += tokens[at + 3]?.text.startsWith('.') ? 3 : 2;
      } else if (text === 'Z' && following === undefined) {
        format += 'XXX';
        zoned = true;
      } else if (/^[A-Z]{2,5}$/.test(text) && !zoned) {
        const rest = tokens
          .slice(at + 1)
          .map((token) => token.text)
          .join('');
        if (rest !== '' && !/^[+-]\d{1,2}(?::?\d{2})?$/.test(rest)) return null;
        return `${format}z`;
      } else if (CLOSING.test(text)) format += `'${text}'`;
      else return null;
    }
  }
  return inFraction ? null : format;
}
