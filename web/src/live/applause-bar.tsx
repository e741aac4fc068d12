import type { StageState } from '../../../src/sdk/index.ts';
import { t } from '../words.ts';
import type { StageModel } from './follow-stage.ts';

interface Props {
  model: StageModel;
  state: StageState;
  canAct: boolean;
}

/** The emoji that one can clap with; their totals move as everybody claps. */
export const ApplauseBar = ({ model, state, canAct }: Props) => (
  <section class="applause" aria-label={t('Applause')}>
    {state.emoji.map((emoji) => {
      const total = state.applause[emoji] ?? 0;
      return (
        <button key={emoji} type="button" disabled={!canAct} onClick={() => model.stage.applaud(emoji)}>
          <span class="visually-hidden">{t('Clap')}</span>
          <span key={total} class={total > 0 ? 'pop' : ''}>
            {emoji}
          </span>
          <b class="num" data-applause={emoji}>
            {total}
          </b>
        </button>
      );
    })}
  </section>
);
