// Every page of the application. The gateway reads the array as JSON: it answers these paths with the page, and names
// what the page loads. `{id}` in a preload is the part of the path that begins with a colon.
export const routes = [
  {"path": "/", "element": "page-overview", "module": "pages/overview.js", "texts": ["overview", "events"],
   "preload": ["/status/summary", "/status/cooperation?top=120", "/status/projects?sort=health&limit=8"]},
  {"path": "/projects", "element": "page-projects", "module": "pages/projects.js", "texts": ["projects", "goals"], "preload": []},
  {"path": "/projects/:id", "element": "page-project", "module": "pages/project.js", "texts": ["project", "events", "goals"],
   "preload": ["/status/projects/{id}", "/status/projects/{id}/timeline?order=desc&limit=10"]},
  {"path": "/projects/:id/history", "element": "page-history", "module": "pages/history.js", "texts": ["project", "events"],
   "preload": ["/status/projects/{id}"]},
  {"path": "/calls", "element": "page-calls", "module": "pages/calls.js", "texts": ["calls"], "preload": ["/calls?limit=200"]},
  {"path": "/calls/:id", "element": "page-call", "module": "pages/call.js", "texts": ["calls", "goals"], "preload": ["/calls/{id}"]},
  {"path": "/cities", "element": "page-cities", "module": "pages/cities.js", "texts": ["places"],
   "preload": ["/status/cooperation?top=500", "/cities?limit=200"]},
  {"path": "/cities/:id", "element": "page-city", "module": "pages/city.js", "texts": ["places", "gatherings"],
   "preload": ["/cities/{id}", "/status/summary?city={id}", "/status/projects?city={id}&sort=health"]},
  {"path": "/cooperation", "element": "page-cooperation", "module": "pages/cooperation.js", "texts": ["places", "projects"], "preload": []},
  {"path": "/gatherings", "element": "page-gatherings", "module": "pages/gatherings.js", "texts": ["gatherings"], "preload": []},
  {"path": "/gatherings/:id", "element": "page-gathering", "module": "pages/gathering.js", "texts": ["gatherings"],
   "preload": ["/gatherings/{id}", "/status/gatherings/{id}"]},
  {"path": "/funders/:id", "element": "page-funder", "module": "pages/funder.js", "texts": ["places"],
   "preload": ["/status/summary?funder={id}", "/status/projects?funder={id}&sort=health"]}
];
