import { type Frame, Layout } from './layout.tsx';

interface MessageProps {
  frame: Frame;
  title: string;
  /** Says what happened, and what the reader can do now. */
  words: string;
}

/** A page that says one thing, and leads back to what is on. */
export const MessagePage = ({ frame, title, words }: MessageProps) => {
  const { t } = frame.reading;
  return (
    <Layout frame={frame} title={`${title} · Rally`}>
      <main id="content" class="message">
        <div class="message-picture cover cover-hue-4 cover-pattern-2" aria-hidden="true" />
        <h1>{title}</h1>
        <p>{words}</p>
        <p>
          <a class="button" href="/">
            {t('See what is on')}
          </a>
        </p>
      </main>
    </Layout>
  );
};
