import { useRef, useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { fullName } from '../../format.ts';
import { me, reloadMe } from '../../state/session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { squareOf } from './square.rules.ts';

/** Pixels of a side of what is uploaded. */
const SIDE = 640;

/** The picture beside one's name: a square cut from whatever is chosen. */
export const PictureField = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const removing = useSubmit();
  const reading = useSubmit();
  const [isUnreadable, setUnreadable] = useState(false);
  const choose = async (files: FileList | null): Promise<void> => {
    const [file] = files ?? [];
    if (!file) return;
    const read = await createImageBitmap(file).catch(() => null);
    setUnreadable(read === null);
    setPicture(read);
    if (read) dialog.current?.showModal();
  };
  const remove = (): Promise<boolean> =>
    removing.submit(async () => {
      await client.call('profile.setAvatar', { assetId: null });
      await reloadMe();
    });
  return (
    <section class="card">
      <h2>{t('Picture')}</h2>
      <div class="line">
        <OwnPicture />
        <label class="quiet file-button">
          {t('Choose a picture')}
          <input
            type="file"
            class="visually-hidden"
            accept="image/*"
            onChange={({ currentTarget }) => {
              void choose(currentTarget.files);
              // The same file may be chosen again.
              currentTarget.value = '';
            }}
          />
        </label>
        {me.value?.profile.avatarUrl && (
          <button type="button" class="danger" disabled={removing.busy} onClick={() => void remove()}>
            {t('Remove it')}
          </button>
        )}
      </div>
      <p class="form-problem" role="alert">
        {isUnreadable
          ? t('This file is not a picture that can be read. Choose a JPEG, PNG or WebP.')
          : removing.problem}
      </p>
      <Dialog dialog={dialog} title={t('Choose the part to show')}>
        {picture && (
          <Cropper
            key={String(picture.width)}
            {...{ picture }}
            submission={reading}
            onDone={() => dialog.current?.close()}
          />
        )}
      </Dialog>
    </section>
  );
};

const OwnPicture = () => {
  if (!me.value) return null;
  const { id, profile } = me.value;
  if (!profile.avatarUrl) return <Avatar id={id} name={fullName(profile)} />;
  const address = new URL(profile.avatarUrl, location.href).pathname;
  return <img class="own-picture" src={address} alt={t('Your picture')} width="72" height="72" />;
};

interface CropperProps {
  picture: ImageBitmap;
  submission: ReturnType<typeof useSubmit>;
  onDone: () => void;
}

const Cropper = ({ picture, submission: { busy, problem, fieldProblem, submit }, onDone }: CropperProps) => {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const [zoom, setZoom] = useState(1);
  const [across, setAcross] = useState(0.5);
  const [down, setDown] = useState(0.5);
  const draw = (on: HTMLCanvasElement | null): void => {
    canvas.current = on;
    const { left, top, side } = squareOf(picture, { zoom, across, down });
    on?.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
  };
  const upload = async (): Promise<void> => {
    const file = await new Promise<Blob | null>((resolve) => canvas.current?.toBlob(resolve, 'image/webp', 0.9));
    if (!file) return;
    const { id: assetId } = await client.media.upload(file, { purpose: 'AVATAR' });
    await client.call('profile.setAvatar', { assetId });
    await reloadMe();
    onDone();
  };
  return (
    <>
      <canvas class="crop" ref={draw} width={SIDE} height={SIDE} role="img" aria-label={t('What will be shown')} />
      <Slider label={t('Closer')} value={zoom} min={1} max={4} onChange={setZoom} />
      <Slider label={t('Left or right')} value={across} min={0} max={1} onChange={setAcross} />
      <Slider label={t('Up or down')} value={down} min={0} max={1} onChange={setDown} />
      <p class="form-problem" role="alert">
        {problem ?? fieldProblem('file')}
      </p>
      <button type="button" class="primary wide" disabled={busy} onClick={() => void submit(upload)}>
        {busy ? t('The picture is on its way…') : t('Use this picture')}
      </button>
    </>
  );
};

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

const Slider = ({ label, value, min, max, onChange }: SliderProps) => (
  <label class="slider">
    {label}
    <input
      type="range"
      {...{ value, min, max }}
      step={0.01}
      onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
    />
  </label>
);
