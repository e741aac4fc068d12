import PDFDocument from 'pdfkit';
import { type Face, fileOf } from './faces.ts';
import { piecesOf, wrap } from './pieces.ts';

/** Points, of which 72 are an inch: A4. */
const WIDTH = 595.28;
const HEIGHT = 841.89;
const MARGIN = 56;
/** Lines stand so many times their size apart. */
const LEADING = 1.4;
/** The height that stays free at the foot of each page. */
const FOOT = 40;

export const INNER_WIDTH = WIDTH - 2 * MARGIN;

export interface Style {
  /** Points. */
  size?: number;
  strong?: boolean;
  color?: string;
}

/** A column, from the left margin; what is aligned right ends at its right edge. */
export interface Column extends Style {
  text: string;
  x: number;
  width: number;
  align?: 'right';
}

/** A document that grows downwards. */
export interface Sheet {
  /** Writes columns beside each other, each in as many lines as it takes, and goes on below the longest. */
  row: (columns: readonly Column[], gap?: number) => void;
  /** A line across. */
  rule: () => void;
  space: (points: number) => void;
  /** Called at the top of every further page. */
  onPage: (draw: () => void) => void;
  /** Writes the foot of every page and ends. */
  finish: (footOf: (page: number, pages: number) => string) => Promise<Buffer>;
}

export interface About {
  title: string;
  author: string;
  at: Date;
}

export const createSheet = ({ title, author, at }: About): Sheet => {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    // None of the fonts that every reader has: they know no script but Latin.
    font: null as unknown as string,
    info: { Title: title, Author: author, Creator: 'Rally', CreationDate: at },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const use = createFonts(doc);
  let y = MARGIN;
  let atTop: (() => void) | null = null;

  const pieceWidth = (piece: { text: string; face: Face }, style: Style): number =>
    use(piece.face, style).widthOfString(piece.text);
  const lineWidth = (line: string, style: Style): number =>
    piecesOf(line).reduce((sum, piece) => sum + pieceWidth(piece, style), 0);
  const write = (line: string, { x, width, align, ...style }: Omit<Column, 'text'>, baseline: number): void => {
    let left = MARGIN + x + (align === 'right' ? width - lineWidth(line, style) : 0);
    for (const piece of piecesOf(line)) {
      const advance = pieceWidth(piece, style);
      use(piece.face, style)
        .fillColor(style.color ?? '#1c1a22')
        .text(piece.text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
      left += advance;
    }
  };
  const ensure = (height: number): void => {
    if (y + height <= HEIGHT - MARGIN - FOOT) return;
    doc.addPage();
    y = MARGIN;
    atTop?.();
  };

  const row: Sheet['row'] = (columns, gap = 0) => {
    const wrapped = columns.map((column) => ({
      column,
      lines: column.text === '' ? [] : wrap(column.text, column.width, (line) => lineWidth(line, column)),
    }));
    const heightOf = ({ size = 10 }: Style): number => size * LEADING;
    const most = Math.max(0, ...wrapped.map(({ lines }) => lines.length));
    // Line by line: a text that is longer than a page goes on on the next one.
    for (let place = 0; place < most; place += 1) {
      const height = Math.max(
        ...wrapped.filter(({ lines }) => place < lines.length).map(({ column }) => heightOf(column)),
      );
      ensure(height);
      for (const { column, lines } of wrapped) {
        const line = lines[place];
        if (line !== undefined) write(line, column, y + (column.size ?? 10));
      }
      y += height;
    }
    y += gap;
  };

  return {
    row,
    rule: () => {
      ensure(12);
      doc
        .moveTo(MARGIN, y + 4)
        .lineTo(WIDTH - MARGIN, y + 4)
        .lineWidth(0.6)
        .strokeColor('#b9b5c4')
        .stroke();
      y += 12;
    },
    space: (points) => {
      y += points;
    },
    onPage: (draw) => {
      atTop = draw;
    },
    finish: (footOf) => {
      const { count } = doc.bufferedPageRange();
      for (let page = 0; page < count; page += 1) {
        doc.switchToPage(page);
        const foot = { x: 0, width: INNER_WIDTH, size: 8, color: '#5d5968' };
        write(footOf(page + 1, count), foot, HEIGHT - MARGIN);
      }
      doc.end();
      return ended;
    },
  };
};

/** Fonts are read from the disk when something is first written in them. */
const createFonts = (doc: PDFKit.PDFDocument) => {
  const known = new Set<Face>();
  return (face: Face, { size = 10, strong = false }: Style): PDFKit.PDFDocument => {
    const name: Face = strong && face === 'latin' ? 'strong' : face;
    if (!known.has(name)) {
      const file = fileOf(name);
      if (file === null) throw new Error(`the font ${name} is not installed`);
      doc.registerFont(name, file);
      known.add(name);
    }
    return doc.font(name).fontSize(size);
  };
};
