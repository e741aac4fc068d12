import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { type ChoosingDeps, choosePicture, findChooser } from './choose-picture.steps.ts';
import { setCover } from './contract.ts';

/** Chooses the cover of the caller’s profile. */
export const setOwnCover = (deps: ChoosingDeps) =>
  commit(setCover, {
    load: findChooser,
    allow: anyone,
    run: ({ assetId }, account, context) =>
      choosePicture({ place: 'coverAssetId', assetId }, account, { ...context, ...deps }),
  });
