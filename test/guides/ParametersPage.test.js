import { readFileSync } from "node:fs";

import { expect } from "chai";

import { parametersPage } from "../../scripts/lib/parametersPage.js";

describe("Page of the parameters", () => {
  it("says what the parameters file says (node scripts/lib/parametersPage.js > docs/parameters.md renews it)", () => {
    const page = readFileSync(new URL("../../docs/parameters.md", import.meta.url), "utf8");
    expect(page).to.equal(parametersPage());
  });
});
