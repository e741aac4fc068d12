import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Cast, Command, Opened, PhaseResult, Reply } from './commands.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** The generator in a process of its own, so that its CPU can be told from the servers'. */
export interface Generator {
  pid: number;
  opened: Opened;
  fanout(load: { messagesPerSecond: number; seconds: number }): Promise<PhaseResult>;
  rooms(load: { seconds: number }): Promise<PhaseResult>;
  /** Ends the process and with it every connection. */
  stop(): Promise<void>;
}

/** Starts a generator and lets it connect everything. @throws Error when a server refuses a connection */
export async function startGenerator(cast: Cast): Promise<Generator> {
  const child = fork(MAIN, { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit').then(() => [{ kind: 'failed', reason: 'the generator ended' }]);
  const order = async (command: Command): Promise<Reply> => {
    const reply = once(child, 'message');
    child.send(command);
    const [answer] = (await Promise.race([reply, ended])) as [Reply]; // the process runs main.ts, which sends nothing else
    if (answer.kind === 'failed') throw new Error(answer.reason);
    return answer;
  };
  const phase = async (command: Command): Promise<PhaseResult> => {
    const reply = await order(command);
    if (reply.kind !== 'phase') throw new Error(`The generator answered ${command.kind} with ${reply.kind}`);
    return reply.result;
  };
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const reply = await order({ kind: 'open', cast });
    if (reply.kind !== 'opened') throw new Error(`The generator answered open with ${reply.kind}`);
    return {
      pid: child.pid ?? 0,
      opened: reply.opened,
      fanout: (load) => phase({ kind: 'fanout', ...load }),
      rooms: (load) => phase({ kind: 'rooms', ...load }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
