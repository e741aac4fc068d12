const ADDRESS = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/u;

/** Shows a text that somebody wrote, with its lines as they are and links that can be followed. */
export const Prose = ({ text, lang }: { text: string; lang?: string }) => (
  <div class="prose" dir="auto" lang={lang}>
    {text.split(ADDRESS).map((part, place) =>
      place % 2 === 1 ? (
        <a href={part} rel="nofollow ugc noopener">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </div>
);
