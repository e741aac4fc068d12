import { changeOwnView, type OwnViewDeps } from './own-view.steps.ts';
import { unhide } from './settings/contract.ts';

/** Puts a hidden chat back into the caller's list. */
export const unhideChat = (deps: OwnViewDeps) => changeOwnView(deps, unhide, () => ({ hiddenAtOrdinal: null }));
