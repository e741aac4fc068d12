/** The part of the Barcode Detection API that is needed; TypeScript's DOM does not know it. */
interface Detector {
  detect: (image: ImageBitmapSource) => Promise<{ rawValue: string }[]>;
}
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> };

let worker: Worker | undefined;
let count = 0;
const waiting = new Map<number, (text: string | null) => void>();

const ownDecoder = (): Worker => {
  worker ??= new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<{ id: number; text: string | null }>) => {
    waiting.get(data.id)?.(data.text);
    waiting.delete(data.id);
  };
  return worker;
};

const askWorker = (image: ImageData | Blob, isHard: boolean): Promise<string | null> => {
  count += 1;
  const id = count;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    ownDecoder().postMessage({ id, image, isHard });
  });
};

/** The browser's own decoder, where it has one for QR codes. */
const browserDecoder = (async (): Promise<Detector | null> => {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  return BarcodeDetector && formats.includes('qr_code') ? new BarcodeDetector({ formats: ['qr_code'] }) : null;
})();

/** The text of the QR code in a picture; null where none is found. */
export const decodePicture = (picture: Blob): Promise<string | null> => askWorker(picture, true);

const canvas = document.createElement('canvas');
/** A wider picture takes longer and is read no better. */
const WIDEST = 960;

/** The text of the QR code that a camera sees now; null where none is found. */
export const decodeVideo = async (video: HTMLVideoElement): Promise<string | null> => {
  const detector = await browserDecoder;
  if (detector) return (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null;
  const scale = Math.min(1, WIDEST / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context || canvas.width === 0) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return askWorker(context.getImageData(0, 0, canvas.width, canvas.height), false);
};
