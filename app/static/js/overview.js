// Counts on a map: of each county, and of the cells of the public grid, drawn together while they are close. A table beside it says the same.

const APART = 44; // pixels between two squares
const STEPS = [0, 1, 5, 20, 50];
const ASIDE = [0, 30, -30, 60]; // how far down a name may step

for (const box of document.querySelectorAll("[data-overview]")) {
  try {
    await draw(box);
  } catch {
    box.hidden = true;
  }
}

async function draw(box) {
  const maps = await import(box.dataset.maps);
  const told = await (await fetch(box.dataset.points)).json();
  box.hidden = false;
  const opened = await maps.open(box, { pressed: true });
  const { L, map, borders } = opened;
  const counts = new Map(told.features.filter(({ properties }) => properties.kind === "area").map(({ properties }) => [properties.code, properties]));
  const cells = told.features.filter(({ properties, geometry }) => properties.kind === "point" && geometry);

  borders.eachLayer((layer) => {
    const area = counts.get(layer.feature.properties.code);
    const path = layer.getElement();
    path.classList.add(`step-${STEPS.filter((least) => (area?.count ?? 0) >= least).length}`);
    if (area?.href) layer.on("click", () => { location.href = area.href; });
  });
  maps.label(opened, (area) => String(counts.get(area.code)?.count ?? 0));

  const squares = L.layerGroup().addTo(map);
  map.on("zoomend", together);
  together();

  // Cells that would lie on each other become one square with the sum of their counts.
  function together() {
    squares.clearLayers();
    const groups = [];
    for (const { geometry, properties } of cells) {
      const [longitude, latitude] = geometry.coordinates;
      const at = map.project([latitude, longitude]);
      const near = groups.find((group) => group[0].at.distanceTo(at) < APART);
      const cell = { at, latitude, longitude, ...properties };
      if (near) near.push(cell);
      else groups.push([cell]);
    }
    for (const group of groups) squares.addLayer(square(group));
    stepAside();
  }

  // A name that a square would cover steps aside, or away where no room is left.
  function stepAside() {
    const taken = squares.getLayers().map((one) => one.getElement().getBoundingClientRect());
    borders.eachLayer((layer) => {
      const name = layer.getTooltip();
      const element = name.getElement();
      if (!element || element.hidden) return;
      element.hidden = !ASIDE.some((down) => {
        name.options.offset = L.point(0, down);
        name.update();
        const box = element.getBoundingClientRect();
        return !taken.some((other) => meet(box, other)) && taken.push(box);
      });
    });
  }

  function square(group) {
    const count = group.reduce((sum, one) => sum + one.count, 0);
    const place = ["latitude", "longitude"].map((of) => group.reduce((sum, one) => sum + one[of], 0) / group.length);
    const words = box.dataset[group.length > 1 ? "nearer" : "cases"].replace("{count}", count);
    const icon = L.divIcon({ className: "square", html: String(count), iconSize: [34, 34] });
    const marker = L.marker(place, { icon, title: words, alt: words, keyboard: true });
    if (group.length > 1 && map.getZoom() < map.getMaxZoom()) {
      return marker.on("click keypress", (event) => {
        if (event.originalEvent.type === "keypress" && event.originalEvent.key !== "Enter") return;
        map.fitBounds(L.latLngBounds(group.map((one) => [one.latitude, one.longitude])), { padding: [40, 40] });
      });
    }
    return marker.bindPopup(() => list(group.flatMap((one) => one.cases)));
  }

  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  function list(cases) {
    const made = document.createElement("ul");
    for (const one of cases) {
      const link = Object.assign(document.createElement("a"), { href: one.href, textContent: one.number });
      const item = document.createElement("li");
      item.append(link);
      made.append(item);
    }
    return made;
  }
}
