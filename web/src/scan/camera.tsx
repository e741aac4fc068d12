import { useEffect, useRef, useState } from 'preact/hooks';
import { decodeVideo } from './decode.ts';

const LOOK_MS = 120;

/** TypeScript's DOM does not know the torch of a camera. */
type Torch = { torch?: boolean };

/** What the camera sees, and the texts of codes in it. It asks for the camera only when it is told to. */
export const Camera = ({ onText }: { onText: (text: string) => void }) => {
  const video = useRef<HTMLVideoElement>(null);
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isLit, setLit] = useState(false);
  const hear = useRef(onText);
  hear.current = onText;

  const begin = async (): Promise<void> => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      const view = video.current;
      if (!view) return;
      view.srcObject = stream;
      await view.play();
      setTrack(stream.getVideoTracks()[0] ?? null);
      setProblem(null);
    } catch {
      setProblem('This page may not use the camera, or there is none. A picture or the keyboard does as well.');
    }
  };

  useEffect(() => {
    if (!track) return;
    let isOver = false;
    const look = async (): Promise<void> => {
      while (!isOver) {
        const text = video.current ? await decodeVideo(video.current) : null;
        if (text !== null && !isOver) hear.current(text);
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    };
    void look();
    return () => {
      isOver = true;
      track.stop();
    };
  }, [track]);

  const hasTorch = (track?.getCapabilities?.() as Torch | undefined)?.torch === true;
  const light = async (): Promise<void> => {
    await track?.applyConstraints({ advanced: [{ torch: !isLit } as MediaTrackConstraintSet] });
    setLit(!isLit);
  };
  return (
    <div class="view">
      <video ref={video} muted playsInline hidden={!track} aria-label="What the camera sees" />
      {!track && (
        <div class="view-off">
          <p role="alert">{problem}</p>
          <button type="button" class="primary" onClick={() => void begin()}>
            Use the camera
          </button>
        </div>
      )}
      {track && <span class="frame" aria-hidden="true" />}
      {hasTorch && (
        <button type="button" class="pill torch" aria-pressed={isLit} onClick={() => void light()}>
          Light
        </button>
      )}
    </div>
  );
};
