import type { Command, Reply } from './commands.ts';
import { runFanout } from './fanout.ts';
import { runRooms } from './rooms.ts';
import { openStage, type Stage } from './stage.ts';

/** The generator's process: does one command after another for the process that forked it, and ends with it. */
let stage: Stage | undefined;

process.on('message', (command: Command) => {
  void answer(command);
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the parent decides when this process ends.
process.on('SIGINT', () => {});

async function answer(command: Command): Promise<void> {
  try {
    process.send?.(await perform(command));
  } catch (error) {
    process.send?.({ kind: 'failed', reason: String(error) } satisfies Reply);
  }
}

async function perform(command: Command): Promise<Reply> {
  if (command.kind === 'open') {
    const opening = await openStage(command.cast);
    stage = opening.stage;
    return { kind: 'opened', opened: opening.opened };
  }
  if (stage === undefined) throw new Error(`Nothing is connected: cannot do ${command.kind}`);
  if (command.kind === 'fanout') return { kind: 'phase', result: await runFanout(stage, command) };
  return { kind: 'phase', result: await runRooms(stage, command) };
}
