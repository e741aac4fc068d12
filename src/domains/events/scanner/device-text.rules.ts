/** The text that a device signs with its new key when it is enrolled. */
export const enrollmentText = (token: string): string => `rally-scanner-enroll\n${token}`;

/** The text that a device signs to get an access token. @param at as it was sent */
export const authenticationText = (scannerId: string, at: string): string =>
  `rally-scanner-authenticate\n${scannerId}\n${at}`;
