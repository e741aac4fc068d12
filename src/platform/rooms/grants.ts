/**
 * What users may do in rooms this node listens to. A grant is loaded once and forgotten when the room's log says that
 * the user's standing changed, so a removal takes effect in the log's own order and no call asks the database again; or when
 * `Ephemera.recheck` names the user.
 */
export interface Grants {
  /**
   * The user's grant in the room, from memory or by `load`. Concurrent callers share one load. Null is not remembered.
   * The room is followed for as long as its grants are used.
   */
  find: <G>(room: string, userId: string, load: () => Promise<G | null>) => Promise<G | null>;
}
