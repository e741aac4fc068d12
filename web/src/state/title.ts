import { computed, effect, signal } from '@preact/signals';

/** The title of the page. */
export const pageTitle = signal('');

/** The counts of all that waits to be read; each part that counts something adds a signal. */
const counts = signal<readonly { readonly value: number }[]>([]);

/** Everything that waits to be read. */
const waiting = computed(() => counts.value.reduce((sum, { value }) => sum + value, 0));

/** Adds a number to what the title says waits to be read. */
export const countInTitle = (count: { readonly value: number }): void => {
  counts.value = [...counts.value, count];
};

effect(() => {
  const name = pageTitle.value ? `${pageTitle.value} · Rally` : 'Rally';
  document.title = waiting.value > 0 ? `(${waiting.value}) ${name}` : name;
});
