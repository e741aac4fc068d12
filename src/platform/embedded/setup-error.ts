/** Something the person at the terminal can put right; the message is one sentence that says how, shown without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
