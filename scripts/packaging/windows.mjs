/** @param {import('./make.mjs').Packed} packed @returns {Promise<string[]>} */
export async function windowsArtifacts(packed) {
  return packed ? [] : [];
}
