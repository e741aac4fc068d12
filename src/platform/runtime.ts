import type { OperationContract } from '../kernel/contract.ts';
import type { Outcome, Runtime } from '../kernel/execute.ts';
import type { Call } from '../kernel/handler.ts';
import type { Commits } from './commits/create-commits.ts';
import { createOnce } from './idempotency.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { explainOutage } from './outage.ts';
import type { Platform } from './platform.ts';
import { createRateLimits } from './rate-limits.ts';

export type RuntimeParts = Pick<Platform, 'log' | 'metrics' | 'sealing'> & {
  redis: Pick<Platform['redis'], 'cache'>;
  commits: Pick<Commits, 'commit'>;
};

/** What `execute` needs, in a process that takes calls. */
export const createRuntime = ({ redis, sealing, commits, metrics, log }: RuntimeParts): Runtime => {
  const once = createOnce(redis.cache, sealing);
  return {
    limit: createRateLimits(redis.cache),
    commit: commits.commit,
    once,
    explain: explainOutage,
    observe: (contract, call, outcome) => observe(metrics, log, { contract, call, outcome }),
  };
};

interface Observed {
  contract: OperationContract;
  call: Call;
  outcome: Outcome;
}

const observe = (metrics: Metrics, log: Log, observed: Observed): void => {
  const { contract, call, outcome } = observed;
  metrics.operations.observe({ operation: contract.name, code: outcome.code }, outcome.durationMs / 1_000);
  const level = levelOf(observed);
  if (!log.isLevelEnabled(level)) return;
  const line = {
    operation: contract.name,
    code: outcome.code,
    durationMs: Math.round(outcome.durationMs * 10) / 10,
    requestId: call.requestId,
    carrier: call.origin.carrier,
    ...(call.actor && !contract.leavesNoTrace ? { userId: call.actor.userId } : {}),
    ...(outcome.bug === undefined ? {} : { err: outcome.bug }),
    ...(outcome.outage === undefined ? {} : { err: outcome.outage }),
  };
  log[level](line, 'operation');
};

/**
 * Callers' own mistakes are not news; what the server owes them is. Neither is each of the thousands that an overload
 * refuses: the metrics count them, and whatever is away has said so itself.
 */
const levelOf = ({ contract, outcome }: Observed): 'error' | 'warn' | 'info' | 'debug' => {
  if (outcome.bug !== undefined) return 'error';
  if (outcome.code === 'OK') return contract.durability === 'committed' ? 'info' : 'debug';
  return outcome.code === 'COMMIT_TIMEOUT' ? 'warn' : 'debug';
};
