"""HTTP: each endpoint reads the request, calls a service, shapes the response."""
