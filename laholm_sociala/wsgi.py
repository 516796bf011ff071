import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laholm_sociala.settings")

served = get_wsgi_application()

from laholm_sociala.gate import Gate  # noqa: E402  reads models: Django must be set up first

application = Gate(served)
