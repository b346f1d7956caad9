"""The help services as the page shows them: by country, which the user picks; it is never guessed."""

from ..knowledge import Service, services

WORLDWIDE = "worldwide"
_COUNTRIES = {
    "AU": "Australia",
    "CA": "Canada",
    "DE": "Germany",
    "EU": "European Union",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "IN": "India",
    "NZ": "New Zealand",
    "US": "United States",
    "ZA": "South Africa",
}
# In the order in which they are shown.
_PURPOSES = {
    "emergency": "In danger right now",
    "abuse": "Violence, control, fear at home",
    "suicide": "Thoughts of not wanting to live",
    "directory": "Any country",
}

Shown = dict[str, str]


def help_by_country() -> dict[str, object]:
    """Return the countries by name with their services, and the worldwide directory."""
    codes = {service.country for service in services()} - {WORLDWIDE}
    ordered = sorted(services(), key=_rank)
    countries = [
        {"name": _COUNTRIES.get(code, code), "services": [_shown(each) for each in ordered if each.country == code]}
        for code in codes
    ]
    return {
        "countries": sorted(countries, key=lambda country: str(country["name"])),
        "worldwide": [_shown(service) for service in services() if service.country == WORLDWIDE],
    }


def _rank(service: Service) -> int:
    purposes = list(_PURPOSES)
    return purposes.index(service.purpose) if service.purpose in purposes else len(purposes)


def _shown(service: Service) -> Shown:
    return {
        "purpose": _PURPOSES.get(service.purpose, service.purpose),
        "name": service.name,
        "phone": service.phone,
        "text": service.text,
        "web": service.web,
        "hours": service.hours,
    }
