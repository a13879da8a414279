/** @param {import('./make.mjs').Packed} packed @returns {Promise<string[]>} */
export async function macArtifacts(packed) {
  return packed ? [] : [];
}
