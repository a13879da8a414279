/** Folders and files named after nothing. */
const VAGUE = '/(util|utils|helper|helpers|common|misc)[/.]';

/**
 * The layers (ARCHITECTURE.md) and the ban on import cycles. Imports that only name types vanish when the program runs
 * and don't bind layers; src-main/ipc holds the types that shells and screens share.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one thing in two places: move what both need into a third.',
      severity: 'error',
      from: { path: '^(src-main|src-renderer|scripts|test)/' },
      to: { circular: true },
    },
    {
      name: 'domain-knows-no-platform',
      comment:
        'Parsing, windows, metrics, levels, reports and the sample run anywhere: SQLite, TensorFlow and Electron come from outside.',
      severity: 'error',
      from: { path: '^src-main/(importing|ledger|sequences|evaluation|scoring|reporting|sample)/' },
      to: {
        path: '^src-main/(store|tensors|app|cli)/|node_modules/(better-sqlite3|@tensorflow|electron|koffi)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ipc-holds-types',
      comment: 'What shells and screens share needs nothing of either, but for the list of behaviours.',
      severity: 'error',
      from: { path: '^src-main/ipc/' },
      to: { path: '^src-main/', pathNot: '^src-main/(ipc/|ledger/behaviours.ts)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'explaining-knows-no-database',
      comment: 'Reasons are a function of a model and a history.',
      severity: 'error',
      from: { path: '^src-main/explaining/' },
      to: { path: '^src-main/(store|app|cli|processes)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sqlite-only-in-store',
      comment: 'One place knows the database.',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/', pathNot: '^src-main/store/' },
      to: { path: 'node_modules/better-sqlite3/|^better-sqlite3' },
    },
    {
      name: 'tensorflow-only-in-tensors',
      comment: 'One place knows the engine.',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/', pathNot: '^src-main/tensors/' },
      to: { path: 'node_modules/@tensorflow/|^@tensorflow/' },
    },
    {
      name: 'electron-only-in-app',
      comment: 'The command line and every process run without Electron.',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/', pathNot: '^src-main/app/' },
      to: { path: 'node_modules/electron/|^electron$' },
    },
    {
      name: 'renderer-takes-types-from-ipc',
      comment: 'The window speaks IPC: from src-main it takes types of src-main/ipc and nothing else.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: '^src-main/ipc/' },
    },
    {
      name: 'renderer-takes-only-types',
      comment: 'The window speaks IPC: from src-main/ipc it takes types, no code.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/ipc/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-knows-no-node',
      comment: 'The window is sandboxed.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^(src-main|src-renderer|scripts)/' },
      to: { path: '^test/' },
    },
    {
      name: 'main-knows-no-window',
      comment: 'src-main runs without a window.',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^(src-renderer|scripts)/' },
    },
    {
      name: 'folders-are-features',
      comment: 'A function lives with the feature whose word it speaks; utils, helpers, common and misc speak none.',
      severity: 'error',
      from: {},
      to: { path: VAGUE, pathNot: 'node_modules/' },
    },
    {
      name: 'folders-are-features-importing',
      comment: 'As above, for a file that imports but is not imported.',
      severity: 'error',
      from: { path: VAGUE },
      to: {},
    },
    {
      name: 'folders-are-features-alone',
      comment: 'As above, for a file that stands alone.',
      severity: 'error',
      from: { path: VAGUE, orphan: true },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^(src-main|src-renderer|scripts|test)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'declared',
      comment: 'A package that package.json does not name is there by chance.',
      severity: 'error',
      from: { path: '^(src-main|src-renderer|scripts|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'require', 'default'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.svelte', '.svelte.ts', '.json'],
    },
    detectJSDocImports: false,
  },
};
