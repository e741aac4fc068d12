/** Stands where there is no stage, or none for who asks. */
export const Gone = () => (
  <main class="way-in">
    <h1>There is no such stage</h1>
    <p>
      The event does not exist, it is not for you to see, or its team has sent you out for a while.{' '}
      <a href="/">To the chats</a>
    </p>
  </main>
);
