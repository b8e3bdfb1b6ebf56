// The import arrows of ARCHITECTURE.md. A rule's comment is what its violation prints: the reason, and the way out.

const TEST = '\\.test\\.(ts|mjs)$|^(packages|apps)/[^/]+/test/|^(e2e|bench)/';
const TESTING = '^packages/core/src/testing/';
const CORE = '^packages/core/src/';
/** What every part of the core may know: the ports, the errors, the events, and how to let go of things. */
const GROUND = `${CORE}(ports/|(platform|errors|events|disposal|folder-listing|thread-task)\\.ts$)`;
const SERVICES = `${CORE}(?!ports/|domain/|db/|jobs/|operations/|dispatch/|rpc/|reading/|testing/)([^/]+)/`;
const NODE = 'node_modules/';
const CLIENT_ON_NODE = '^packages/client/src/node(/|\\.ts$)';
/** What runs by itself. */
const PROGRAMS = '^(apps/[^/]+/src/main|packages/platform-node/src/worker-entry)\\.ts$';

/** A source file outside tests. @param {string} path */
const shipped = (path) => ({ path, pathNot: `${TEST}|${TESTING}` });

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const packages = [
  {
    name: 'core-knows-no-platform',
    comment: 'The core also runs in a browser. What it needs from the system comes through a port, see ports/.',
    from: shipped(CORE),
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'core-stands-alone',
    comment: 'Everything depends on the core, so it depends on no other workspace; adapters are passed in by openCore.',
    from: shipped(CORE),
    to: { path: '^(packages|apps|bench|e2e)/', pathNot: '^packages/core/' },
  },
  {
    name: 'core-stands-alone-in-tests',
    comment: 'Tests of the core may run on the Node adapters and speak through the client, but know no app.',
    from: { path: '^packages/core/' },
    to: { path: '^(apps|bench|e2e)/' },
  },
  {
    name: 'platform-implements-ports',
    comment:
      'An adapter knows the ports and errors it implements, the thread entry, how names are held in memory and formats told; ' +
      'nothing of what the core does with them.',
    from: shipped('^packages/platform-[^/]+/src/'),
    to: {
      path: '^(packages|apps)/',
      pathNot: `^packages/platform-[^/]+/src/|${CORE}ports/|${CORE}(platform|errors|worker|domain/(native-path|temporary-name|formats|kinds|magic))\\.ts$`,
    },
  },
  {
    name: 'client-knows-no-platform',
    comment:
      'A client also runs in browsers: the app gives it a pipe. What is for Node alone stands in node.ts and node/.',
    from: { path: '^packages/client/src/', pathNot: `${TEST}|${CLIENT_ON_NODE}` },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'client-keeps-node-apart',
    comment: 'What a browser loads must not lead to the files for Node.',
    from: { path: '^packages/client/src/', pathNot: `${TEST}|${CLIENT_ON_NODE}` },
    to: { path: CLIENT_ON_NODE },
  },
  {
    name: 'client-takes-types-only',
    comment:
      'A client must not load the core: from it come types (`import type`), the errors, and the rpc codec. Everything ' +
      'else is asked over the wire.',
    from: shipped('^packages/client/src/'),
    to: {
      path: CORE,
      pathNot: `${CORE}(rpc/(codec|protocol|pipe)|errors)\\.ts$`,
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'client-stays-below-apps',
    comment: 'The client knows the core’s types and nothing else of this repository.',
    from: { path: '^packages/client/src/' },
    to: { path: '^(packages|apps|bench|e2e)/', pathNot: '^packages/(client|core)/' },
  },
  {
    name: 'cli-goes-through-the-client',
    comment: 'The CLI holds no business logic and starts fast: it calls operations through @sd/client.',
    from: shipped('^apps/(cli|web)/'),
    to: {
      path: '^(packages|apps|bench|e2e)/',
      pathNot: '^apps/(cli|web)/|^packages/client/',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'cli-types-come-from-client-or-core',
    comment: 'Even the types of adapters and of the daemon are none of a client’s business.',
    from: shipped('^apps/(cli|web)/'),
    to: { path: '^(packages|apps|bench|e2e)/', pathNot: '^apps/(cli|web)/|^packages/(client|core)/' },
  },
  {
    name: 'daemon-joins-core-and-platform',
    comment: 'The daemon is a process, sockets and logs around the core: it may know core, platform-node and client.',
    from: shipped('^apps/daemon/'),
    to: { path: '^(packages|apps|bench|e2e)/', pathNot: '^apps/daemon/|^packages/(core|platform-node|client)/' },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const core = [
  {
    name: 'domain-is-pure',
    comment: 'Nouns are schemas and pure functions: they know each other and the schema library (zod), nothing else.',
    from: shipped(`${CORE}domain/`),
    to: { pathNot: `${CORE}domain/|${NODE}zod/` },
  },
  {
    name: 'db-knows-domain-and-ports',
    comment: 'SQL sits below everything that uses it: it may know db, domain, the ports and the errors.',
    from: shipped(`${CORE}db/`),
    to: { path: '^(packages|apps)/', pathNot: `${CORE}(db|domain|ports)/|${CORE}errors\\.ts$` },
  },
  {
    name: 'services-know-no-callers',
    comment: 'A service knows db, domain, the ports, events and errors. What calls it, it must not know.',
    from: shipped(SERVICES),
    to: {
      path: `${CORE}(operations/|dispatch/|rpc/|reading/|jobs/|(core|dispatcher|operation|context)\\.ts$)`,
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'services-never-one-another',
    comment:
      'Services do not import one another: core.ts passes the functions in. Their types may be named (`import type`), ' +
      'or nothing could be passed.',
    from: shipped(SERVICES),
    // Whether a location is there is one question, and must have one answer in all of them.
    to: { path: SERVICES, pathNot: `${CORE}($1/|locations/presence\\.ts$)`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'jobs-know-services',
    comment: 'Jobs drive services, db and domain. Operations enqueue jobs; a job must not know who did.',
    from: shipped(`${CORE}jobs/`),
    to: { path: `${CORE}(operations/|dispatch/|rpc/|reading/|(core|dispatcher|operation|context|worker)\\.ts$)` },
  },
  {
    name: 'operations-know-what-they-use',
    comment:
      'An operation uses context, jobs, services, db and domain. How it was called (rpc, dispatcher) is hidden from it.',
    from: shipped(`${CORE}operations/`),
    to: { path: `${CORE}(rpc/|dispatch/|reading/|(core|dispatcher|worker)\\.ts$)` },
  },
  {
    name: 'dispatcher-knows-shapes',
    comment:
      'The dispatcher finds, validates, authorizes, runs: it knows declarations, not single operations or transports.',
    from: shipped(`${CORE}(dispatch/|dispatcher\\.ts$)`),
    to: { path: `${CORE}(operations/|rpc/|db/|reading/|core\\.ts$)`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'rpc-carries-messages',
    comment: 'RPC carries messages to the dispatcher it is given; it knows no operation, job, service or table.',
    from: shipped(`${CORE}rpc/`),
    to: { path: `${CORE}(operations/|jobs/|db/|reading/|core\\.ts$)|${SERVICES}`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'codec-is-light',
    comment: 'Clients load these files at start: beside each other and the errors they may need nothing at run time.',
    from: { path: `${CORE}(rpc/(codec|protocol|pipe)|errors)\\.ts$` },
    to: { pathNot: `${CORE}(rpc/(codec|protocol|pipe)|errors)\\.ts$`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'ground-is-ground',
    comment: 'Ports, errors and events are known by all, so that they know only each other and the nouns.',
    from: { path: GROUND },
    to: { path: '^(packages|apps)/', pathNot: `${GROUND}|${CORE}domain/` },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const everywhere = [
  {
    name: 'nothing-shipped-imports-tests',
    comment: 'Fakes and tests must not reach users: pass the thing in, or move it out of testing/.',
    from: { path: '^(packages|apps)/', pathNot: `${TEST}|${TESTING}` },
    to: { path: `${TEST}|${TESTING}` },
  },
  {
    name: 'packages-by-name',
    comment: 'Another workspace is imported by its name (@sd/core/errors.ts), not by a path that climbs into it.',
    from: { path: '^((?:packages|apps)/[^/]+|bench|e2e)/' },
    to: { path: '^(packages|apps|bench|e2e)/', pathNot: '^$1/', dependencyTypes: ['local'] },
  },
  {
    name: 'no-cycles',
    comment:
      'A cycle has no order in which to start or to understand it. (Types vanish at run time, and a lazy import waits ' +
      'until the rest stands: those may close one.)',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
  },
  {
    name: 'everything-resolves',
    comment: 'The file or package does not exist.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-dead-files',
    comment: 'No program reaches this file: use it or delete it.',
    from: { path: PROGRAMS },
    to: { path: '^(packages|apps)/[^/]+/src/', pathNot: `${TEST}|${TESTING}|${PROGRAMS}|\\.d\\.ts$`, reachable: false },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...packages, ...core, ...everywhere].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    // Also see imports that vanish in the build, and tell them apart.
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    parser: 'tsc',
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
  },
};
