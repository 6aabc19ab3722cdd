// What both maps share: Leaflet, loaded when it is asked for, the boundaries of the counties, and tiles where the office set some.

const ZOOM = { minZoom: 6, maxZoom: 18 };

async function load(box) {
  const sheets = box.dataset.sheets.split(" ").map((href) => new Promise((done) => {
    if (document.querySelector(`link[href="${href}"]`)) return done();
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.append(link);
  }));
  const [answer] = await Promise.all([fetch(box.dataset.boundaries), import(box.dataset.leaflet), ...sheets]);
  return answer.ok ? answer.json() : { type: "FeatureCollection", features: [] };
}

// {map, borders, areas}: a Leaflet map over `box`, the layer of the counties, and their features.
export async function open(box, options = {}) {
  const known = await load(box);
  const L = window.L;
  const map = L.map(box.querySelector("[data-map]"), { ...ZOOM, attributionControl: false, zoomControl: false, ...options });
  L.control.zoom({
    position: "bottomright",
    zoomInText: "+", zoomOutText: "−", zoomInTitle: box.dataset.nearerLabel, zoomOutTitle: box.dataset.fartherLabel,
  }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  for (const template of box.dataset.tiles.split(" ").filter(Boolean)) L.tileLayer(template, { maxZoom: ZOOM.maxZoom }).addTo(map);
  const borders = L.geoJSON(known, { interactive: options.pressed ?? false, style: { className: "county" } }).addTo(map);
  if (known.features.length) map.fitBounds(borders.getBounds(), { padding: [8, 8] });
  else map.setView([27.83, 113.15], 9);
  return { L, map, borders, areas: known.features };
}

// A county's name (and what `more` says of it) where there is room for it; told anew whenever the scale changes.
export function label(opened, more = () => "") {
  const { L, map, borders } = opened;
  borders.eachLayer((layer) => {
    const words = [name(layer.feature.properties), more(layer.feature.properties)].filter(Boolean).join(" ");
    layer.bindTooltip(words, { permanent: true, direction: "center", className: "county-name" });
  });
  const fit = () => borders.eachLayer((layer) => {
    const box = layer.getBounds();
    const room = map.latLngToLayerPoint(box.getNorthEast()).x - map.latLngToLayerPoint(box.getSouthWest()).x;
    const element = layer.getTooltip().getElement();
    if (element) element.hidden = room < element.textContent.length * 11;
  });
  map.on("zoomend", fit);
  fit();
}

export const name = (area) => (document.documentElement.lang.startsWith("zh") ? area.name : area.name_en);

// The feature in which a point lies: a ray to the east crosses its rings an odd number of times.
export function within(areas, latitude, longitude) {
  return areas.find(({ geometry }) => {
    const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
    let odd = false;
    for (const ring of polygons.flat()) {
      for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
        const [x1, y1] = ring[at];
        const [x2, y2] = ring[before];
        if (y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1) odd = !odd;
      }
    }
    return odd;
  });
}
