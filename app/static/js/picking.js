// The opened map of the picker: tap, drag, keyboard, or the telephone's own position when its button is pressed.

const CLOSE = { tiles: 16, lines: 12 }; // without tiles there is nothing to see but the borders
const PATIENCE = 15000;
const PIN = `<svg viewBox="0 0 24 32" aria-hidden="true"><path d="M12 31C5 21 1.500 16 1.500 11.500a10.500 10.500 0 0 1 21 0C22.500 16 19 21 12 31z"/><circle cx="12" cy="11.500" r="4"/></svg>`;

export async function begin(box, { point, set, tell }) {
  const maps = await import(box.dataset.maps);
  const opened = await maps.open(box);
  const { L, map, borders, areas } = opened;
  const canvas = map.getContainer();
  const county = box.closest("form").elements[box.dataset.area];
  const icon = L.divIcon({ className: "pin", html: PIN, iconSize: [30, 40], iconAnchor: [15, 39] });
  let marker = null;

  maps.label(opened);
  canvas.append(Object.assign(document.createElement("div"), { className: "cross" }));
  map.on("click", (event) => put(event.latlng));
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== canvas) return;
    event.preventDefault(); // Enter would send the form
    put(map.getCenter());
  });
  box.querySelector("[data-middle]").addEventListener("click", () => put(map.getCenter()));
  box.querySelector("[data-here]")?.addEventListener("click", here);
  county?.addEventListener("change", look);
  show();
  if (!point()) look();
  canvas.focus();
  return { show };

  function put(place) {
    const { lat, lng } = place.wrap();
    set([lat, lng]);
  }

  function show() {
    const place = point();
    if (!place) {
      marker?.remove();
      marker = null;
      return tell();
    }
    if (!marker) {
      marker = L.marker(place, { icon, draggable: true, keyboard: false }).addTo(map);
      marker.on("dragend", () => put(marker.getLatLng()));
      if (!map.getBounds().contains(place)) map.setView(place, Math.max(map.getZoom(), 12));
    }
    marker.setLatLng(place);
    const area = maps.within(areas, ...place);
    const said = county?.selectedOptions[0];
    if (area && county && !county.value && choose(area.properties.code)) county.dispatchEvent(new Event("change", { bubbles: true }));
    const code = area?.properties.code;
    const other = area && county?.value && county.value !== code && known(county.value) ? box.dataset.other.replace("{chosen}", said.textContent) : "";
    tell(area ? maps.name(area.properties) : "", area || !areas.length ? other : box.dataset.outside);
  }

  function choose(code) {
    county.value = code;
    if (county.selectedIndex < 0) county.value = "";
    return county.value === code;
  }

  function known(code) {
    return areas.some((area) => area.properties.code === code);
  }

  // The map follows the menu while nothing is set on it.
  function look() {
    if (point()) return show();
    borders.eachLayer((layer) => { if (layer.feature.properties.code === county?.value) map.fitBounds(layer.getBounds()); });
  }

  function here() {
    const failed = () => tell("", box.dataset.unknown);
    if (!navigator.geolocation) return failed();
    tell("", box.dataset.asking);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      map.setView([coords.latitude, coords.longitude], box.dataset.tiles ? CLOSE.tiles : CLOSE.lines);
      set([coords.latitude, coords.longitude]);
    }, failed, { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 });
  }
}
