import { useEffect, useState } from 'preact/hooks';
import { Camera } from './camera.tsx';
import { decodePicture } from './decode.ts';
import { hearKeystrokes } from './keystrokes.ts';

/** Every way in for a code: the camera, pictures, a hardware scanner, the keyboard. */
export const Sources = ({ onText, label }: { onText: (text: string) => void; label: string }) => {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => hearKeystrokes(onText), [onText]);

  const readPictures = async (input: HTMLInputElement): Promise<void> => {
    setProblem(null);
    for (const picture of [...(input.files ?? [])]) {
      const text = await decodePicture(picture);
      if (text === null) setProblem(`There is no QR code that can be read in ${picture.name}.`);
      else onText(text);
    }
    input.value = '';
  };
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const form = submitted.currentTarget as HTMLFormElement;
    onText(String(new FormData(form).get('code')));
    form.reset();
  };
  return (
    <div class="sources">
      <Camera onText={onText} />
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <div class="other-ways">
        <label class="pill picture">
          Read a picture
          <input
            type="file"
            accept="image/*"
            multiple
            class="visually-hidden"
            onChange={({ currentTarget }) => void readPictures(currentTarget)}
          />
        </label>
        <form onSubmit={onSubmit}>
          <label class="visually-hidden" for="typed-code">
            {label}
          </label>
          <input id="typed-code" name="code" placeholder={label} autocomplete="off" autocapitalize="off" required />
          <button type="submit" class="pill">
            OK
          </button>
        </form>
      </div>
    </div>
  );
};
