import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { set } from './contract.ts';
import { showChoice } from './preference.reads.ts';
import { saveChoice } from './preference.writes.ts';

/** Keeps how the caller wants one kind of news. */
export const setPreference = () =>
  commit(set, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, { tx, actor, audit }) => {
      const chosen = showChoice(await saveChoice(tx, actor.userId, input));
      audit({ targetType: 'preference', targetId: `${input.category}/${input.channel}`, after: chosen });
      return chosen;
    },
  });
