import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { pageTitle } from '../state/title.ts';

interface Props {
  title: string;
  /** Buttons or links that stand beside the title. */
  actions?: ComponentChildren;
  /** A line about the page, below the title. */
  lead?: ComponentChildren;
  /** Uses the whole width, for tables and plots. */
  isWide?: boolean;
  children: ComponentChildren;
}

/** A page of the app: names itself in the window's title, and takes the focus so that it is read out when it opens. */
export const Page = ({ title, actions, lead, isWide = false, children }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    pageTitle.value = title;
  }, [title]);
  useEffect(() => {
    // A page that has put the focus somewhere itself keeps it.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <main class={`page ${isWide ? 'page-wide' : ''}`}>
      <header class="page-header">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class="page-lead">{lead}</p>}
        </div>
        {actions && <div class="line">{actions}</div>}
      </header>
      {children}
    </main>
  );
};
