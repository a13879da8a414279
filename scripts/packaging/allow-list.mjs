/** What a package may hold, and what it must: everything else in it is a fault. */

/**
 * A place in the installed program, as a pattern over paths with `/`; `group` names it in the list of sizes.
 * @typedef {{group: string, pattern: RegExp}} Allowed
 */

/** @type {Record<import('./targets.mjs').TargetName, string>} */
const LIBRARY_ENDING = { linux: '\\.so(\\.\\d+)*', win: '\\.dll', mac: '(\\.\\d+)?\\.dylib' };

/** Of the application, in the archive or unpacked beside it. */
const APPLICATION = [
  allowed('Duecast', 'package\\.json'),
  allowed('Duecast', 'out/licences\\.json'),
  allowed('Duecast', 'out/(main|preload)/[\\w-]+\\.cjs'),
  allowed('Duecast', 'out/renderer/(index\\.html|assets/[\\w-]+\\.(js|css|svg|png|woff2))'),
  allowed('Duecast', 'resources/fonts/(NotoSans-\\w+\\.ttf|OFL\\.txt)'),
  allowed('Duecast', 'resources/(profiles|rules)/[\\w-]+\\.json'),
  allowed('Duecast', 'resources/kernels/(wide|relaxed|plain)\\.wasm'),
  allowed('npm packages', 'node_modules/(?!node/)(@[\\w-]+/)?[\\w-]+/([\\w.-]+/)*[\\w.-]+\\.(js|cjs|json)'),
  allowed('npm packages', 'node_modules/pdfkit/js/data/[\\w-]+\\.(afm|icc)'),
];

/** @param {import('./targets.mjs').Target} target */
function nativeParts({ name, system }) {
  const ending = LIBRARY_ENDING[name];
  const tensorflow = 'node_modules/@tensorflow/tfjs-node';
  return [
    allowed('SQLite', `node_modules/better-sqlite3/prebuilds/${system}\\.node`),
    allowed('koffi', `node_modules/@koromix/koffi-${system}/\\w+/koffi\\.node`),
    allowed('LightGBM', `node_modules/\\.duecast/native/(version\\.txt|(lib)?[\\w]+${ending})`),
    allowed('TensorFlow', `${tensorflow}/lib/napi-v8/tfjs_binding\\.node`),
    name === 'win'
      ? allowed('TensorFlow', `${tensorflow}/lib/napi-v8/(tensorflow|msvcp140|vcruntime140(_1)?)\\.dll`)
      : allowed('TensorFlow', `${tensorflow}/deps/lib/libtensorflow_(cc|framework)${ending}`),
  ];
}

/** Electron's own files around the application. @type {Record<import('./targets.mjs').TargetName, Allowed[]>} */
const RUNTIME = {
  linux: [
    allowed(
      'Electron',
      'duecast|chrome-sandbox|chrome_crashpad_handler|LICENSE\\.electron\\.txt|LICENSES\\.chromium\\.html',
    ),
    allowed('Electron', 'lib(EGL|GLESv2|ffmpeg|vk_swiftshader)\\.so|libvulkan\\.so\\.1|vk_swiftshader_icd\\.json'),
    allowed(
      'Electron',
      'icudtl\\.dat|(snapshot_blob|v8_context_snapshot)\\.bin|(chrome_\\d00_percent|resources)\\.pak',
    ),
    allowed('Electron', 'locales/en-(US|GB)\\.pak'),
  ],
  win: [
    allowed('Electron', 'Duecast\\.exe|LICENSE\\.electron\\.txt|LICENSES\\.chromium\\.html'),
    allowed('Electron', '(d3dcompiler_47|ffmpeg|libEGL|libGLESv2|vk_swiftshader|vulkan-1|dxcompiler|dxil)\\.dll'),
    allowed('Electron', 'vk_swiftshader_icd\\.json|icudtl\\.dat|(snapshot_blob|v8_context_snapshot)\\.bin'),
    allowed('Electron', '(chrome_\\d00_percent|resources)\\.pak|locales/en-(US|GB)\\.pak'),
  ],
  mac: [
    allowed('Electron', 'Duecast\\.app/Contents/(Info\\.plist|PkgInfo|MacOS/Duecast|_CodeSignature/CodeResources)'),
    allowed('Electron', 'Duecast\\.app/Contents/Frameworks/.*'),
    allowed('Electron', 'Duecast\\.app/Contents/Resources/(en(_GB)?\\.lproj/.*|icon\\.icns|LICENSE.*)'),
  ],
};

/** Where the application's files and what comes with them lie in a package. @param {import('./targets.mjs').TargetName} name */
export const resourcesOf = (name) => (name === 'mac' ? 'Duecast.app/Contents/Resources' : 'resources');

/**
 * @param {import('./targets.mjs').Target} target
 * @param {boolean} ownRuntime
 * @returns {Allowed[]}
 */
export function allowList(target, ownRuntime) {
  const resources = resourcesOf(target.name).replaceAll('.', '\\.');
  const within = (/** @type {Allowed} */ { group, pattern }) =>
    allowed(group, `${resources}/app\\.asar(\\.unpacked)?/${pattern.source.slice(1, -1)}`);
  const node = allowed('Node 24 (the runtime of the tests needs it)', 'node_modules/node/bin/node(\\.exe)?');
  return [
    allowed('Duecast', `${resources}/app\\.asar`),
    allowed('Licences', `${resources}/(LICENSE\\.duecast\\.txt|THIRD-PARTY-LICENCES\\.txt|duecast\\.cdx\\.json)`),
    allowed('Duecast', `${resources}/icons/\\d+x\\d+\\.png`),
    ...[...APPLICATION, ...nativeParts(target), ...(ownRuntime ? [] : [node])].map(within),
    ...RUNTIME[target.name],
  ];
}

/** What a package does not work without, as patterns over its paths. @param {import('./targets.mjs').Target} target */
export function required(target) {
  const ending = LIBRARY_ENDING[target.name];
  const library = target.name === 'win' ? 'lib/napi-v8/tensorflow\\.dll' : `deps/lib/libtensorflow_cc${ending}`;
  const openmp = { linux: 'libgomp\\.so\\.1', win: 'vcomp140\\.dll', mac: 'libomp\\.dylib' }[target.name];
  return [
    'app\\.asar/out/main/main\\.cjs',
    'app\\.asar/out/renderer/index\\.html',
    'app\\.asar/node_modules/koffi/package\\.json',
    'app\\.asar/resources/fonts/NotoSans-Regular\\.ttf',
    'app\\.asar/resources/profiles/uci-credit-card\\.json',
    'app\\.asar/resources/rules/anywhere\\.json',
    'app\\.asar/resources/kernels/wide\\.wasm',
    'app\\.asar/resources/kernels/relaxed\\.wasm',
    'app\\.asar/resources/kernels/plain\\.wasm',
    `app\\.asar\\.unpacked/node_modules/better-sqlite3/prebuilds/${target.system}\\.node`,
    `app\\.asar\\.unpacked/node_modules/@koromix/koffi-${target.system}/\\w+/koffi\\.node`,
    'app\\.asar\\.unpacked/node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding\\.node',
    `app\\.asar\\.unpacked/node_modules/@tensorflow/tfjs-node/${library}`,
    `app\\.asar\\.unpacked/node_modules/\\.duecast/native/lib_lightgbm${ending}`,
    `app\\.asar\\.unpacked/node_modules/\\.duecast/native/${openmp}`,
    'THIRD-PARTY-LICENCES\\.txt',
    'LICENSES\\.chromium\\.html',
  ].map((pattern) => new RegExp(`(^|/)${pattern}$`));
}

/**
 * Judges a package's paths.
 * @param {import('./targets.mjs').Target} target
 * @param {boolean} ownRuntime
 * @param {readonly string[]} paths
 * @returns {{groups: Map<string, string>, faults: string[]}} each allowed path's group, and what is wrong in words
 */
export function judgeContents(target, ownRuntime, paths) {
  const list = allowList(target, ownRuntime);
  /** @type {Map<string, string>} */
  const groups = new Map();
  const faults = [];
  for (const path of paths) {
    const found = list.find(({ pattern }) => pattern.test(path));
    if (found === undefined) faults.push(`${path} does not belong in the package`);
    else groups.set(path, found.group);
  }
  for (const pattern of required(target)) {
    if (!paths.some((path) => pattern.test(path))) faults.push(`${pattern.source} is missing from the package`);
  }
  return { groups, faults };
}

/** @param {string} group @param {string} pattern @returns {Allowed} */
function allowed(group, pattern) {
  return { group, pattern: new RegExp(`^(?:${pattern})$`) };
}
