// Reads a JSON array of resources on standard input and says which of them Kubernetes' schemas refuse: required fields, types, enums.
import { readFileSync } from 'node:fs';

async function model(apiVersion, kind) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  for (const path of [
    `kubernetes-models/${group ? group + '/' : ''}${version}/${kind}`,
    `@kubernetes-models/prometheus-operator/${group}/${version}/${kind}`,
  ]) {
    try {
      return (await import(path))[kind];
    } catch (error) {
      if (!/NOT_FOUND|NOT_EXPORTED/.test(error.code)) throw error;
    }
  }
}

let judged = 0;
for (const { source, resource } of JSON.parse(readFileSync(0, 'utf8'))) {
  const Model = await model(resource.apiVersion, resource.kind);
  if (!Model) {
    console.log(`${source}: there is no schema of ${resource.apiVersion} ${resource.kind}`);
    continue;
  }

  judged++;
  try {
    new Model(resource).validate();
  } catch (error) {
    console.log(`${source}: ${resource.kind}: ${error.message}`);
  }
}

console.log(`${judged} judged`);
