import { ErrorBoundary, LocationProvider, Route, Router } from 'preact-iso';
import { phase } from '../state/session.ts';
import { SignInPage } from '../ui/sign-in-page.tsx';
import { Frame } from './frame.tsx';
import { GoOn } from './go-on.tsx';
import { NotFound } from './not-found.tsx';
import { ROUTES } from './routes.tsx';

/** Links to other parts, such as the public pages, are left to the browser. */
const OWN_ADDRESSES = /^\/(app|host|sign-in|register)(\/|$)/;

/** The whole app: the way in at whatever address was asked for, or that page. */
export const App = () => (
  <LocationProvider scope={OWN_ADDRESSES}>
    <Inside />
  </LocationProvider>
);

const Inside = () => {
  if (phase.value === 'starting') return <div class="starting" role="status" aria-label="Loading" />;
  if (phase.value === 'out') return <SignInPage />;
  return (
    <Frame>
      <ErrorBoundary>
        <Router>
          <Route path="/sign-in" component={GoOn} />
          <Route path="/register" component={GoOn} />
          {ROUTES.map(({ path, component }) => (
            <Route key={path} path={path} component={component} />
          ))}
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
    </Frame>
  );
};
