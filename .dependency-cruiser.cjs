/** Who may import whom: one rule, one sentence. docs/architecture.md draws the same picture. */

/** The domains, and which others each may ask. Answers travel as facts, so arrows point one way only. */
const asks = {
  media: [],
  identity: ['media'],
  payments: ['identity'],
  events: ['media', 'identity', 'payments'],
  social: ['media', 'identity', 'events'],
  live: ['identity', 'events', 'social'],
  notifications: ['identity', 'payments', 'events', 'social'],
  admin: ['identity', 'payments', 'events', 'social'],
  reviews: [],
  gamification: [],
  safety: [],
};

/** What a domain shows to the others: what they may ask, what they may hear, and its wire. */
const FACE = '/(api|api[.]writes|facts|contract)[.]ts$';
const CONTRACT = '/contract[.]ts$';
const PRISMA = 'node_modules/@prisma/|^src/generated/';
const ENUMS = '^src/generated/prisma/enums[.]ts$';
/** Rules of doors and codes that need nothing of Node: a scanner judges by them without the server. */
const DOOR_RULES =
  '^src/domains/events/(checkin/(fold|hybrid-clock|present|verdict)|scanner/device-text|ticket/code)[.]rules[.]ts$';

/**
 * The topics of the two large domains, floor by floor from the ground. At run time a topic asks those of the floors below its
 * own and nobody else of its domain; types may be named in every direction. A topic that is not named here stands above all.
 */
const floors = {
  payments: [
    ['money', 'break'],
    ['ledger', 'provider', 'payout-account', 'billing', 'tax-rate'],
    ['applying', 'credit', 'commission'],
    ['payment'],
    ['refund', 'earning', 'sandbox', 'subscription-plan'],
    ['capture', 'dispute', 'payout', 'wallet', 'subscription', 'invoice'],
    ['webhook'],
    ['reconciliation'],
  ],
  events: [
    ['shapes'],
    ['inventory', 'cancellation-policy'],
    ['category'],
    ['event'],
    ['ticket-type', 'host', 'promo-code', 'event-update', 'saved-event'],
    ['booking', 'event-series'],
    ['ticket', 'waitlist'],
    ['cancelled-event'],
  ],
};

/**
 * The arrows that still run up, by the topic they begin at: a booking gives tickets their keys and codes, and revokes them; an event
 * that is published makes its first list of the door; a revoked ticket is told at the door.
 */
const stillUp = {
  booking:
    'ticket/(code[.]rules|code-signature[.]rules|key-place|ticket[.]reads|valid-time[.]rules|signing-key[.]writes|revocation[.]writes)[.]ts$',
  event: 'check-in-list/check-in-list[.]writes[.]ts$',
  ticket: '(door/facts|checkin/hybrid-clock[.]rules)[.]ts$',
};

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const asksOnly = ([domain, allowed]) =>
  rule(
    `${domain}-asks-only-whom-it-may`,
    `The ${domain} domain may ask ${allowed.join(', ') || 'no other domain'}. Reacting to a fact is free.`,
    { path: `^src/domains/${domain}/`, pathNot: '/on-[^/]+[.]ts$' },
    { path: '^src/domains/[^/]+/', pathNot: [`^src/domains/(${[domain, ...allowed].join('|')})/`, CONTRACT] },
  );

const standsOnFloors = ([domain, ofDomain]) =>
  ofDomain.flatMap((topics, floor) =>
    topics.map((topic) => {
      const known = [topic, ...ofDomain.slice(0, floor).flat()].join('|');
      return rule(
        'topics-stand-on-floors',
        'At run time a topic asks only topics of the floors below its own, as `floors` has them.',
        { path: `^src/domains/${domain}/${topic}/` },
        {
          path: `^src/domains/${domain}/[^/]+/`,
          pathNot: [`^src/domains/${domain}/(${known})/`, ...(stillUp[topic] ? [`/${stillUp[topic]}`] : [])],
          dependencyTypesNot: ['type-only'],
        },
      );
    }),
  );

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'No import cycles. Types may name each other: nothing of that is left at run time.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'everything-resolves',
      'An import that is not understood cannot be judged. The addresses of files are Vite’s.',
      {},
      { couldNotResolve: true, pathNot: '[.]wasm[?]url$' },
    ),
    rule(
      'kernel-knows-only-zod',
      'The kernel imports itself and zod.',
      { path: '^src/kernel/' },
      { pathNot: '^src/kernel/|node_modules/zod/' },
    ),
    rule(
      'contracts-are-pure',
      'A contract imports zod, the kernel’s contract, errors, texts, instants and wire, other contracts, and the database’s enums.',
      { path: CONTRACT, pathNot: '^src/sdk/' },
      {
        pathNot: [CONTRACT, '^src/kernel/(errors|texts|instants|wire|strict-input)[.]ts$', ENUMS, 'node_modules/zod/'],
      },
    ),
    rule(
      'policies-are-pure',
      'A policy imports types, the roles of the kernel, and other policies.',
      { path: '/policy[.]ts$' },
      { dependencyTypesNot: ['type-only'], pathNot: '/policy[.]ts$|^src/kernel/actor[.]ts$' },
    ),
    rule(
      'rules-are-pure',
      'A file of rules imports types, the kernel, contracts, facts, policies, enums, other rules, zod and what makes or reads texts.',
      { path: '[.]rules[.]ts$' },
      {
        dependencyTypesNot: ['type-only'],
        pathNot: [
          '[.]rules[.]ts$|/(policy|facts|contract)[.]ts$',
          '^src/kernel/',
          '^src/platform/(db/pages|ids)[.]ts$',
          ENUMS,
          'node_modules/zod/',
          '^(node:)?(crypto|util)$',
        ],
      },
    ),
    rule(
      'platform-knows-no-domain',
      'The platform knows no domain and no shell.',
      { path: '^src/platform/' },
      { path: '^src/(domains|realtime|http|workers|sdk)/' },
    ),
    rule(
      'domains-know-no-shell',
      'A domain knows no shell and no carrier.',
      { path: '^src/domains/' },
      { path: '^src/(realtime|http|workers|sdk)/|node_modules/(socket[.]io|hono|@hono)/' },
    ),
    rule(
      'shells-know-domains-by-one-door',
      'A shell enters the domains through domains/index.ts.',
      { path: '^src/(realtime|http|workers)/' },
      { path: '^src/domains/', pathNot: '^src/domains/index[.]ts$' },
    ),
    rule(
      'shells-do-not-meet',
      'realtime, http and workers never import each other.',
      { path: '^src/(realtime|http|workers)/' },
      { path: '^src/(realtime|http|workers)/', pathNot: '^src/$1/' },
    ),
    rule(
      'sdk-knows-only-contracts',
      'The SDK imports contracts, the rules of doors and codes, the kernel’s errors and chains, the database’s enums, zod, uuidv7 and socket.io-client: it runs in browsers.',
      { path: '^src/sdk/' },
      {
        pathNot: [
          '^src/sdk/',
          CONTRACT,
          DOOR_RULES,
          ENUMS,
          '^src/kernel/(errors|chains)[.]ts$',
          'node_modules/(zod|uuidv7|socket[.]io-client)/',
        ],
      },
    ),
    rule(
      'other-domains-by-their-face',
      'A domain reaches another by its api.ts, api.writes.ts, facts.ts and contract.ts.',
      { path: '^src/domains/([^/]+)/' },
      { path: '^src/domains/[^/]+/', pathNot: [`^src/domains/$1/`, FACE] },
    ),
    ...Object.entries(asks).map(asksOnly),
    ...Object.entries(floors).flatMap(standsOnFloors),
    rule(
      'prisma-in-reads-and-writes',
      'The Prisma client is named only in *.reads.ts, *.writes.ts and platform/db.',
      { path: '^src/', pathNot: '[.](reads|writes)[.]ts$|^src/platform/db/|^src/generated/' },
      { path: PRISMA, pathNot: ENUMS },
    ),
    rule(
      'redis-in-stores',
      'Inside a domain, Redis and the queue are named only in *.store.ts.',
      { path: '^src/domains/', pathNot: '[.]store[.]ts$' },
      { path: 'node_modules/(ioredis|bullmq)/' },
    ),
    rule(
      'nobody-imports-main',
      'main.ts puts the parts together; nothing leans on it.',
      { path: '^src/' },
      { path: '^src/(main|start|seed|migrate|audit-verify|dead-letters|keys-rotate|ledger-verify|role-grant)[.]ts$' },
    ),
    rule(
      'web-knows-only-the-sdk',
      'The page talks to the server as any client does; the words of pages are shared.',
      { path: '^web/' },
      {
        path: '^src/',
        pathNot: '^src/(sdk|words)/',
      },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^src/generated/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
