import { useEffect, useRef, useState } from 'preact/hooks';
import { lookOf } from '../outcome-words.ts';
import { useSubmit } from '../ui/use-submit.ts';
import { admitParty, undo } from './after-verdict.ts';
import { isOnline, place, verdict } from './door.ts';
import type { Verdict } from './verdict.ts';

/** The whole screen says what a code is worth: by colour, word and sign, never by colour alone. */
export const VerdictScreen = ({ shown }: { shown: Verdict }) => {
  const { tone, word, mark } = lookOf(shown.outcome);
  const { busy, problem, submit } = useSubmit();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), [shown.scanId]);
  const mayUndo = place.value?.mayUndo && shown.isOnline && ['ADMITTED', 'EXITED'].includes(shown.outcome);
  return (
    <section class={`verdict ${tone}`} data-outcome={shown.outcome}>
      <div class="said" role="alert">
        <span class="mark" aria-hidden="true">
          {mark}
        </span>
        <h1>{word}</h1>
        {shown.name && <p class="who">{shown.name}</p>}
        {shown.detail && <p class="why">{shown.detail}</p>}
        {shown.outcome !== 'ADMITTED' && <p class="why">{shown.explanation}</p>}
        {shown.before && <p class="why">{shown.before}</p>}
        {!shown.isOnline && <p class="why own">Checked on this device.</p>}
      </div>
      {shown.companions.length > 0 && <Party shown={shown} />}
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <div class="verdict-foot">
        {mayUndo && (
          <button
            type="button"
            class="pill"
            disabled={busy || !isOnline.value}
            onClick={() => void submit(() => undo(shown))}
          >
            Undo
          </button>
        )}
        <button
          ref={next}
          type="button"
          class="pill next"
          onClick={() => {
            verdict.value = null;
          }}
        >
          Next
        </button>
      </div>
    </section>
  );
};

/** The others of the booking, to be let in by the same code. */
const Party = ({ shown }: { shown: Verdict }) => {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { busy, problem, submit } = useSubmit();
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset class="party">
      <legend>Together on this booking</legend>
      {shown.companions.map(({ admissionId, name, ticketType }, place) => (
        <button
          key={admissionId}
          type="button"
          aria-pressed={chosen.includes(admissionId)}
          onClick={() => toggle(admissionId)}
        >
          <span>{name ?? `Guest ${place + 1}`}</span> <small>{ticketType}</small>
        </button>
      ))}
      <p role="alert">{problem}</p>
      {chosen.length > 0 && (
        <button
          type="button"
          class="pill next"
          disabled={busy}
          onClick={() => void submit(() => admitParty(shown, chosen))}
        >
          {`Let ${chosen.length} more in`}
        </button>
      )}
    </fieldset>
  );
};
