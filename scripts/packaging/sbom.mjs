import { tool } from './tools.mjs';

/** The list of what a package holds, as CycloneDX (JSON): products, versions, licences, and the hashes of native parts. */

/**
 * `place`: for what comes from a registry, its address there as a package URL.
 * @typedef {{name: string, version: string, licence: string, place: string | null,
 *   files?: {path: string, sha256: string}[]}} Part
 */

/**
 * @param {{name: string, version: string, licence: string}} product
 * @param {Part[]} parts
 * @returns {string}
 */
export function billOfMaterials(product, parts) {
  const { Builders: _, Enums, Models, Serialize, Spec, Utils: __ } = tool('@cyclonedx/cyclonedx-library');
  const bom = new Models.Bom();
  const component = (/** @type {string} */ type, /** @type {Part} */ { name, version, licence, place, files = [] }) => {
    const [group, own] = name.startsWith('@') ? name.split('/') : [undefined, name];
    const made = new Models.Component(type, own, { group, version, bomRef: `${name}@${version}` });
    made.licenses.add(new Models.NamedLicense(licence));
    if (place !== null) made.purl = place;
    for (const { path, sha256 } of files) {
      const file = new Models.Component(Enums.ComponentType.File, path, { bomRef: `${name}@${version}:${path}` });
      file.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
      made.components.add(file);
    }
    return made;
  };
  bom.metadata.component = component(Enums.ComponentType.Application, { ...product, place: null });
  for (const part of parts) bom.components.add(component(Enums.ComponentType.Library, part));
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return new Serialize.JsonSerializer(factory).serialize(bom, { space: 2, sortLists: true });
}
