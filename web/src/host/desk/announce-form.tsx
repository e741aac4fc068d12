import type { StageState } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { useDraft } from '../../live/use-draft.ts';
import { Field } from '../../ui/field.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import type { DeskModel } from './desk-state.ts';

/** Says something to the audience. */
export const AnnounceForm = ({ model, pinned }: { model: DeskModel; pinned: StageState['pinned'] }) => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const { eventId } = model;
  const [title, setTitle] = useDraft(`announce-title:${eventId}`);
  const [body, setBody] = useDraft(`announce-body:${eventId}`);
  const onSubmit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    const pin = new FormData(submitted.currentTarget as HTMLFormElement).get('pin') === 'on';
    const isTold = await submit(() => model.act(() => client.call('live.announce', { eventId, title, body, pin })));
    if (!isTold) return;
    setTitle('');
    setBody('');
  };
  return (
    <section class="card" aria-labelledby="announce">
      <h2 id="announce">{t('Announce')}</h2>
      {pinned && (
        <p>
          <small>{t('On top now:')}</small> <b>{pinned.title}</b>
        </p>
      )}
      <form onSubmit={(submitted) => void onSubmit(submitted)}>
        <Field
          {...{ label: t('Title'), maxLength: 200, required: true, value: title, problem: fieldProblem('title') }}
          onInput={setTitle}
        />
        <Field
          {...{ label: t('Words'), maxLength: 2_000, required: true, value: body, problem: fieldProblem('body') }}
          onInput={setBody}
        />
        <p class="form-problem" role="alert">
          {problem}
        </p>
        <div class="line">
          <button type="submit" class="primary" disabled={busy}>
            {busy ? t('Telling…') : t('Tell everybody')}
          </button>
          <label class="check">
            <input type="checkbox" name="pin" /> {t('keep it on top')}
          </label>
        </div>
      </form>
    </section>
  );
};
