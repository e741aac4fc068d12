import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({ overrides: { locateFile: () => wasm } });

addEventListener(
  'message',
  async ({ data }: MessageEvent<{ id: number; image: ImageData | Blob; isHard: boolean }>) => {
    const { id, image, isHard } = data;
    const options = { formats: ['QRCode' as const], maxNumberOfSymbols: 1, tryHarder: isHard, tryInvert: isHard };
    const found = await readBarcodes(image, options).catch(() => []);
    postMessage({ id, text: found.find(({ isValid }) => isValid)?.text ?? null });
  },
);
