import { createPublicKey, verify } from 'node:crypto';

/**
 * Whether a text was signed with the private half of an Ed25519 key.
 * @param publicKey the raw 32 bytes in base64url
 * @param signature 64 bytes in base64url
 */
export const isTextSignedBy = (text: string, signature: string, publicKey: string): boolean => {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    // 32 bytes that are no point of the curve.
    return false;
  }
};
