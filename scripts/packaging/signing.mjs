import { say } from '../setup/messages.mjs';

/** The variables by which electron-builder is given a certificate. */
const CERTIFICATES = {
  linux: [],
  win: ['WIN_CSC_LINK', 'CSC_LINK'],
  mac: ['CSC_LINK', 'CSC_NAME'],
};
/** By which it is given leave to have Apple look the program over. */
const NOTARISATION = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ['APPLE_KEYCHAIN_PROFILE'],
];

/**
 * One line on what signing there is going to be.
 * @param {import('./targets.mjs').TargetName} name
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | null} null where packages are not signed
 */
export function howSigned(name, environment) {
  const has = (/** @type {string} */ variable) => Boolean(environment[variable]);
  if (name === 'linux') return null;
  const signed = CERTIFICATES[name].some(has);
  if (name === 'win') {
    return signed
      ? 'the program and its Setup.exe are signed with the certificate of CSC_LINK.'
      : 'no certificate (WIN_CSC_LINK or CSC_LINK): nothing is signed, and Windows warns before the first start.';
  }
  if (!signed) {
    return 'no certificate (CSC_LINK or CSC_NAME): signed ad hoc only, so macOS opens it after “Open anyway” in its settings.';
  }
  return NOTARISATION.some((names) => names.every(has))
    ? 'signed with the certificate of CSC_LINK, and notarised.'
    : 'signed with the certificate of CSC_LINK, but not notarised (APPLE_API_KEY, APPLE_API_KEY_ID, APPLE_API_ISSUER).';
}

/** @param {import('./targets.mjs').Target} target @param {NodeJS.ProcessEnv} environment */
export function sayHowSigned({ name }, environment) {
  const line = howSigned(name, environment);
  if (line !== null) say(`signing: ${line}`);
}
