import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { Field } from '../../ui/field.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { CoverPicture } from '../cover-picture.tsx';
import type { EventProps } from './event-page.tsx';

/** The picture that stands for the event, with the words for who cannot see it. */
export const CoverForm = ({ event, reload }: EventProps) => {
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const [file, setFile] = useState<File | null>(null);
  const [altText, setAltText] = useState('');
  const { id: eventId, cover } = event;
  const upload = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    if (!file) return;
    void submit(async () => {
      const { id: assetId } = await client.media.upload(file, { purpose: 'EVENT', altText });
      await client.call('event.setCover', { eventId, assetId });
      setFile(null);
      setAltText('');
      reload();
    });
  };
  const remove = (): void =>
    void submit(async () => {
      await client.call('event.setCover', { eventId, assetId: null });
      reload();
    });
  return (
    <section class="card" aria-labelledby="cover-title">
      <h2 id="cover-title">{t('Picture')}</h2>
      {cover ? (
        <div class="cover-now">
          <CoverPicture picture={cover} seed={eventId} isLarge />
          <button type="button" class="danger" disabled={busy} onClick={remove}>
            {t('Take the picture away')}
          </button>
        </div>
      ) : (
        <p class="muted">{t('Events with a picture are opened more often. A wide one looks best.')}</p>
      )}
      <form onSubmit={upload}>
        <div class="field">
          <label for="cover-file">{cover ? t('Another picture') : t('Choose a picture')}</label>
          <input
            id="cover-file"
            type="file"
            accept="image/jpeg,image/png,image/webp,image/avif,image/heic"
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? null)}
            aria-invalid={fieldProblem('file') !== undefined}
          />
          <p class="field-problem">{fieldProblem('file') ?? fieldProblem('mimeType') ?? fieldProblem('byteSize')}</p>
        </div>
        {file && (
          <>
            <Field
              label={t('What does it show?')}
              hint={t('Read out to people who cannot see it.')}
              maxLength={300}
              required
              value={altText}
              onInput={setAltText}
              problem={fieldProblem('altText')}
            />
            <button type="submit" class="primary" disabled={busy}>
              {busy ? t('Uploading…') : t('Use this picture')}
            </button>
          </>
        )}
        <p class="form-problem" role="alert">
          {problem}
        </p>
        {busy && <progress aria-label={t('Uploading…')} />}
      </form>
    </section>
  );
};
